import type { CampaignOverviewQuery, UnitCardQuery } from '../../graph/operations.generated.ts';
import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { Figure } from '../Figure.tsx';
import { shareOf } from '../share.ts';
import { SUPPRESSED } from '../suppressed.ts';
import { figureMessages } from './messages.ts';

type Unit = NonNullable<UnitCardQuery['unit']>;
type Campaign = NonNullable<CampaignOverviewQuery['campaign']>;
type SupportCounts = NonNullable<Unit['supportSummary']>;
type AwardCounts = NonNullable<Unit['awardSummary']>;
type ReportCounts = NonNullable<Unit['reportStats']> &
  Partial<NonNullable<Campaign['completeness']>['total']>;

/** How complete the reports are. */
export function ReportFigures({ counts }: { readonly counts: ReportCounts }) {
  const m = useMessages(figureMessages);
  const format = useFormat();
  const figures = [
    [m.expected, counts.expected],
    [m.received, counts.received],
    [m.onTime, counts.onTime],
    [m.late, counts.late],
    [m.missing, counts.missing],
    ...(counts.pending === undefined ? [] : [[m.pending, counts.pending] as const]),
  ] as const;
  const noteOf = (value: number) => {
    const share = shareOf(value, counts.expected);
    return value === counts.expected || share === null ? undefined : m.ofExpected(format.percent(share));
  };
  return (
    <dl className="figures">
      {figures.map(([name, value]) => (
        <Figure key={name} name={name} value={format.number(value)} note={noteOf(value)} />
      ))}
    </dl>
  );
}

/** What was done for families in need. */
export function SupportFigures({ summary }: { readonly summary: SupportCounts }) {
  const m = useMessages(figureMessages);
  const format = useFormat();
  // Counts of people are null exactly where they are hidden.
  const people = (value: number | null) => (value === null ? SUPPRESSED : format.number(value));
  return (
    <dl className="figures">
      <Figure name={m.activities} value={format.number(summary.activities)} />
      <Figure name={m.deliveries} value={people(summary.deliveries)} />
      <Figure name={m.people} value={people(summary.peopleReached)} />
      <Figure name={m.amount} value={format.compact(summary.amount)} note={format.money(summary.amount)} />
    </dl>
  );
}

/** What was awarded. */
export function AwardFigures({ summary }: { readonly summary: AwardCounts }) {
  const m = useMessages(figureMessages);
  const format = useFormat();
  return (
    <dl className="figures">
      <Figure name={m.allAwards} value={format.number(summary.awards)} />
      <Figure name={m.collective} value={format.number(summary.collective)} />
      <Figure name={m.individual} value={format.number(summary.individual)} />
    </dl>
  );
}
