import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { Figure } from '../../parts/Figure.tsx';
import { shareOf } from '../../parts/share.ts';
import { SUPPRESSED } from '../../parts/suppressed.ts';
import { overviewMessages } from './messages.ts';
import type { OverviewCampaign } from './Overview.tsx';

type Parts = { readonly [Name in keyof OverviewCampaign]: NonNullable<OverviewCampaign[Name]> };

/** How many units have come how far. */
export function ParticipationFigures({ counts }: { readonly counts: Parts['participationCounts'] }) {
  const m = useMessages(overviewMessages);
  const format = useFormat();
  return (
    <dl className="figures">
      {counts.map(({ status, units }) => (
        <Figure key={status} name={m.participation[status]} value={format.number(units)} />
      ))}
    </dl>
  );
}

/** How complete the reports are. */
export function ReportFigures({ total }: { readonly total: Parts['completeness']['total'] }) {
  const m = useMessages(overviewMessages);
  const format = useFormat();
  const figures = [
    [m.expected, total.expected],
    [m.received, total.received],
    [m.onTime, total.onTime],
    [m.late, total.late],
    [m.missing, total.missing],
    [m.pending, total.pending],
  ] as const;
  const noteOf = (value: number) => {
    const share = shareOf(value, total.expected);
    return value === total.expected || share === null ? undefined : m.ofExpected(format.percent(share));
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
export function SupportFigures({ summary }: { readonly summary: Parts['supportSummary'] }) {
  const m = useMessages(overviewMessages);
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
export function AwardFigures({ summary }: { readonly summary: Parts['awardSummary'] }) {
  const m = useMessages(overviewMessages);
  const format = useFormat();
  return (
    <dl className="figures">
      <Figure name={m.allAwards} value={format.number(summary.awards)} />
      <Figure name={m.collective} value={format.number(summary.collective)} />
      <Figure name={m.individual} value={format.number(summary.individual)} />
    </dl>
  );
}
