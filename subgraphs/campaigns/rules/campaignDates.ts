import { addDays } from '../../../schema/scalars/period.ts';

/** The days of a campaign, as far as they are known. */
export interface CampaignDays {
  readonly issuedOn: string;
  readonly launchedOn: string | null;
  readonly endsOn: string | null;
}

/** A phase's days: `from` is in it, `before` is not. */
export interface PhaseDays {
  readonly from: string;
  readonly before: string;
}

/** A rule that days break, in both languages, and which day breaks it. */
export interface DateFault {
  readonly path: readonly (string | number)[];
  readonly rule: string;
  readonly ruleVi: string;
}

const fault = (path: DateFault['path'], ruleVi: string, rule: string): DateFault => ({ path, rule, ruleVi });

/** Gives what is wrong with the days of a campaign: it is launched after its plan is signed, and ends after that. */
export function faultsOfDays({ issuedOn, launchedOn, endsOn }: CampaignDays): DateFault[] {
  const begin = launchedOn !== null && launchedOn > issuedOn ? launchedOn : issuedOn;
  return [
    ...(launchedOn !== null && launchedOn < issuedOn
      ? [fault(['launchedOn'], 'ngày phát động trước ngày ký kế hoạch', 'the launch lies before the plan')]
      : []),
    ...(endsOn !== null && endsOn < begin
      ? [fault(['endsOn'], 'ngày kết thúc trước ngày bắt đầu', 'the end lies before the beginning')]
      : []),
  ];
}

/** Gives what is wrong with phases: each has a day, they follow each other, and all lie inside the campaign. */
export function faultsOfPhases(
  { issuedOn, endsOn }: CampaignDays,
  phases: readonly PhaseDays[],
): DateFault[] {
  const end = endsOn === null ? null : addDays(endsOn, 1);
  return phases.flatMap(({ from, before }, index) => {
    const at = (day: string) => ['phases', index, day];
    const earlier = phases[index - 1];
    return [
      ...(before <= from
        ? [fault(at('before'), 'một đợt kết thúc trước khi bắt đầu', 'a phase ends before it begins')]
        : []),
      ...(from < issuedOn
        ? [fault(at('from'), 'một đợt bắt đầu trước kế hoạch', 'a phase begins before the plan')]
        : []),
      ...(end !== null && before > end
        ? [fault(at('before'), 'một đợt kéo dài quá phong trào', 'a phase ends after the campaign')]
        : []),
      ...(earlier && from < earlier.before
        ? [fault(at('from'), 'các đợt chồng lên nhau', 'phases overlap or are out of order')]
        : []),
    ];
  });
}

/** Gives what is wrong with the days of a campaign that carries out another: it lies inside its parent. */
export function faultsInParent({ issuedOn, endsOn }: CampaignDays, parent: CampaignDays): DateFault[] {
  return [
    ...(issuedOn < parent.issuedOn
      ? [
          fault(
            ['issuedOn'],
            `kế hoạch có trước kế hoạch cấp trên (${parent.issuedOn})`,
            `the plan lies before the parent's (${parent.issuedOn})`,
          ),
        ]
      : []),
    ...(parent.endsOn !== null && (endsOn === null || endsOn > parent.endsOn)
      ? [
          fault(
            ['endsOn'],
            `phong trào kéo dài quá phong trào cấp trên (${parent.endsOn})`,
            `it ends after its parent (${parent.endsOn})`,
          ),
        ]
      : []),
  ];
}
