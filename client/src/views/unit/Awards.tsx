import type { UnitCardQuery } from '../../graph/operations.generated.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import type { Column } from '../../parts/table/columns.ts';
import { Table } from '../../parts/table/Table.tsx';
import { useParams } from '../../url/useParams.ts';
import { cardMessages } from './messages.ts';
import { cardParams } from './place.ts';

type Award = NonNullable<NonNullable<UnitCardQuery['unit']>['awards']>['nodes'][number];

interface AwardsProps {
  readonly awards: readonly Award[];
  /** The name of the campaign in view. */
  readonly campaign: string;
}

/** The latest awards of a unit itself and of people who served in it, in the campaign in view or in all. */
export function Awards({ awards, campaign }: AwardsProps) {
  const m = useMessages(cardMessages);
  const [{ awards: which }, set] = useParams(cardParams);
  const columns = useColumns(which === 'all');
  const caption = which === 'all' ? m.latestOfAll : m.latestOf(campaign);
  return (
    <>
      <div className="filters">
        <label>
          {m.awardsOf}
          <select
            value={which}
            onChange={({ target }) => set({ awards: target.value === 'all' ? 'all' : 'campaign' })}
          >
            <option value="campaign">{m.thisCampaign}</option>
            <option value="all">{m.allCampaigns}</option>
          </select>
        </label>
      </div>
      {awards.length === 0 ? (
        <p>{which === 'all' ? m.noAward : m.noAwardOf}</p>
      ) : (
        <Table id="awards" caption={caption} columns={columns} rows={awards} rowKey={JSON.stringify} />
      )}
    </>
  );
}

function useColumns(withCampaign: boolean): Column<Award>[] {
  const m = useMessages(cardMessages);
  const text = useText();
  const format = useFormat();
  const day = (date: string | null | undefined) => date && format.day(date);
  const campaign: Column<Award> = {
    key: 'campaign',
    header: m.campaign,
    value: (award) => (award.campaign ? text(award.campaign.title) : m.noCampaign),
  };
  return [
    { key: 'form', header: m.form, value: ({ form }) => text(form.name) },
    ...(withCampaign ? [campaign] : []),
    { key: 'status', header: m.status, value: ({ status }) => m.statuses[status] },
    { key: 'decision', header: m.decision, value: ({ decision }) => decision?.number ?? null },
    {
      key: 'decidedOn',
      header: m.decidedOn,
      value: ({ decision }) => decision?.date ?? null,
      draw: ({ decision }) => day(decision?.date),
    },
    {
      key: 'conferredOn',
      header: m.conferredOn,
      value: ({ conferredOn }) => conferredOn,
      draw: ({ conferredOn }) => day(conferredOn),
    },
  ];
}
