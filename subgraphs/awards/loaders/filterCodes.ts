import { addDays, isPhaseCode } from '../../../schema/scalars/period.ts';
import { inputInvalid } from '../../../server/errors.ts';
import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import { pathsOf, type UnitCopyRow, versionOn } from '../../copies/units.ts';
import { inRange, isUnder } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { type NamedPeriod, type PeriodInput, periodOf } from '../../records/periodInput.ts';
import type { Copies } from './copies.ts';

interface HierarchyInput {
  readonly mode: 'AS_REPORTED' | 'AS_OF';
  readonly asOf?: string | null;
}

/** `under` with the tree it reads. */
interface UnderAsked {
  readonly codes: readonly string[];
  readonly hierarchy: HierarchyInput | null;
}

/** A period with the campaigns of the same filter, which WHOLE_CAMPAIGN means. */
interface SpanAsked {
  readonly period: PeriodInput;
  readonly campaigns: readonly string[];
}

/** A filter input in which every field stands alone: `under` holds its hierarchy, a period its campaigns. */
export type Bound<Input, Periods extends keyof Input> = Omit<
  Input,
  'hierarchy' | 'under' | 'any' | 'not' | Periods
> & {
  readonly [Key in Periods]?: SpanAsked | null;
} & {
  readonly under?: UnderAsked | null;
  readonly any?: readonly Bound<Input, Periods>[] | null;
  readonly not?: Bound<Input, Periods> | null;
};

type Loose = Readonly<Record<string, unknown>>;

/** Binds a filter input. Throws INPUT_INVALID for a hierarchy without `under`, or an `asOf` that no mode reads. */
export function bind<Input, Periods extends keyof Input & string>(
  input: Input,
  periods: readonly Periods[],
): Bound<Input, Periods> {
  const { hierarchy, under, any, not, ...rest } = input as Loose;
  const bound: Record<string, unknown> = { ...rest };
  if (hierarchy && !under) throw inputInvalid('hierarchy says how under is read; it goes with under only.');
  if (under) bound.under = { codes: under, hierarchy: hierarchy ?? null };
  for (const name of periods) {
    if (bound[name]) bound[name] = { period: bound[name], campaigns: rest.campaign ?? [] };
  }
  if (any) bound.any = (any as Input[]).map((child) => bind(child, periods));
  if (not) bound.not = bind(not as Input, periods);
  return bound as Bound<Input, Periods>;
}

/** What the codes of a filter stand for. Each method throws INPUT_INVALID for a code that nobody has. */
export interface Codes {
  readonly unitIds: (codes: readonly string[]) => string[];
  readonly campaignIds: (codes: readonly string[]) => string[];
  readonly under: (asked: UnderAsked) => Filter;
  readonly period: (asked: SpanAsked) => NamedPeriod;
  readonly span: (field: string) => (asked: SpanAsked) => Filter;
}

/** Reads everything that a bound filter names, in a number of commands that depends on its shape only. */
export async function readCodes(bound: unknown, copies: Copies, today: string): Promise<Codes> {
  const named = namesIn(bound);
  const [units, campaigns] = await Promise.all([
    copies.unitsByCode([...named.units]),
    copies.campaignsByCode([...named.campaigns]),
  ]);
  const placed = new Map<UnderAsked, Filter>(
    await Promise.all(
      named.under.map(async (asked) => [asked, await placeOf(asked, units, copies, today)] as const),
    ),
  );
  const period = ({ period: input, campaigns: codes }: SpanAsked): NamedPeriod =>
    periodOf(input, periodContext(codes, campaigns, today));
  return {
    unitIds: (codes) => codes.map((code) => known(units, 'unit', code)._id),
    campaignIds: (codes) => codes.map((code) => known(campaigns, 'campaign', code)._id),
    under: (asked) => placed.get(asked) ?? {},
    period,
    span: (field) => (asked) => {
      const { from, before } = period(asked);
      return inRange(field, from, before);
    },
  };
}

interface Names {
  readonly units: Set<string>;
  readonly campaigns: Set<string>;
  readonly under: UnderAsked[];
}

function namesIn(
  bound: unknown,
  names: Names = { units: new Set(), campaigns: new Set(), under: [] },
): Names {
  for (const [name, value] of Object.entries((bound ?? {}) as Loose)) {
    if (value === null || value === undefined) continue;
    if (name === 'any') for (const child of value as unknown[]) namesIn(child, names);
    else if (name === 'not') namesIn(value, names);
    else if (name === 'unit' || name === 'proposer') add(names.units, value as string[]);
    else if (name === 'campaign') add(names.campaigns, value as string[]);
    else if (name === 'under') {
      names.under.push(value as UnderAsked);
      add(names.units, (value as UnderAsked).codes);
    } else if (isSpan(value)) addPhase(names.campaigns, value.period.code);
  }
  return names;
}

const add = (set: Set<string>, codes: readonly string[]): void => {
  for (const code of codes) set.add(code);
};

const isSpan = (value: unknown): value is SpanAsked =>
  typeof value === 'object' && value !== null && 'period' in value;

/** A phase is written CAMPAIGN:P2. */
const addPhase = (set: Set<string>, code: string | null | undefined): void => {
  if (code && isPhaseCode(code)) set.add(code.slice(0, code.lastIndexOf(':')));
};

function known<Row>(rows: ReadonlyMap<string, Row>, what: string, code: string): Row {
  const row = rows.get(code);
  if (!row) throw inputInvalid(`There is no ${what} with the code ${code}.`, { code });
  return row;
}

const periodContext = (
  codes: readonly string[],
  campaigns: ReadonlyMap<string, CampaignCopyRow>,
  today: string,
) => {
  const only = codes.length === 1 ? campaigns.get(codes[0] ?? '') : undefined;
  return {
    today,
    phase: (code: string) => {
      const phases = campaigns.get(code.slice(0, code.lastIndexOf(':')))?.phases ?? [];
      return phases.find((phase) => code === phase.code || code.endsWith(`:${phase.code}`)) ?? null;
    },
    campaign: only && {
      from: only.launchedOn ?? only.issuedOn,
      before: only.endsOn === null ? null : addDays(only.endsOn, 1),
    },
  };
};

async function placeOf(
  { codes, hierarchy }: UnderAsked,
  units: ReadonlyMap<string, UnitCopyRow>,
  copies: Copies,
  today: string,
): Promise<Filter> {
  const rows = codes.map((code) => known(units, 'unit', code));
  if (hierarchy?.mode !== 'AS_OF') {
    if (hierarchy?.asOf) throw inputInvalid('asOf goes with the mode AS_OF only.');
    return isUnder('pathAtEvent')(rows.flatMap(pathsOf));
  }
  const date = hierarchy.asOf ?? today;
  const paths = rows.map((row) => {
    const version = versionOn(row, date);
    if (!version)
      throw inputInvalid(`The unit ${row.code} does not exist on ${date}.`, { code: row.code, date });
    return version.path;
  });
  return { unitId: { $in: await copies.unitIdsPlacedUnder(paths, date) } };
}
