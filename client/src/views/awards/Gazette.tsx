import { type AwardGazetteQuery, awardGazette } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useReading } from '../../graph/useReading.ts';
import type { Localized } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Loading } from '../../parts/Loading.tsx';
import { Part } from '../../parts/Part.tsx';
import { EXPORT_PAGE } from '../../parts/table/everyRow.ts';
import { Table } from '../../parts/table/Table.tsx';
import { useParams } from '../../url/useParams.ts';
import { awardFilters } from './filters.ts';
import { GazetteChoices } from './GazetteChoices.tsx';
import { awardMessages } from './messages.ts';
import { useGazetteColumns } from './useGazetteColumns.ts';

type Awards = NonNullable<AwardGazetteQuery['awards']>;
export type GazetteRow = Awards['nodes'][number];

/** A form of award, by its code and name. */
export interface Form {
  readonly code: string;
  readonly name: Localized;
}

/** What was awarded, the latest first, of one form or all, page by page as the graph gives it. */
export function Gazette({ forms }: { readonly forms: readonly Form[] }) {
  const m = useMessages(awardMessages);
  const [{ campaign, form, status, after }] = useParams(awardFilters);
  const asked = useOperation(awardGazette, { campaign, form, status, after });
  return (
    <section aria-busy={asked.loading}>
      <h2>{m.gazette}</h2>
      <div className="filters">
        <GazetteChoices forms={forms} />
      </div>
      {asked.data === undefined ? (
        <Loading />
      ) : (
        <Part asked={asked} at="awards" value={asked.data?.awards} name={m.gazette}>
          {(awards) => (
            <div className={asked.loading ? 'stale' : undefined}>
              <Answer awards={awards} />
            </div>
          )}
        </Part>
      )}
    </section>
  );
}

function Answer({ awards }: { readonly awards: Awards }) {
  const m = useMessages(awardMessages);
  const [{ campaign, form, status, after }, set] = useParams(awardFilters);
  const ask = useReading(awardGazette);
  const read = async (from: string | null) =>
    (await ask({ campaign, form, status, first: EXPORT_PAGE, after: from }))?.awards;
  const columns = useGazetteColumns();
  const { nodes, pageInfo } = awards;
  return (
    <>
      {nodes.length === 0 ? (
        <p>{m.noneFound}</p>
      ) : (
        <Table
          id="gazette"
          caption={m.gazette}
          columns={columns}
          rows={nodes}
          rowKey={({ id }) => id}
          list={{ after, pageInfo, goAfter: (cursor) => set({ after: cursor }), read }}
        />
      )}
    </>
  );
}
