import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { Figure } from '../../parts/Figure.tsx';
import { overviewMessages } from './messages.ts';
import type { OverviewCampaign } from './Overview.tsx';

interface ParticipationFiguresProps {
  readonly counts: NonNullable<OverviewCampaign['participationCounts']>;
}

/** How many units have come how far. */
export function ParticipationFigures({ counts }: ParticipationFiguresProps) {
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
