import { type AwardFunnelQuery, awardFunnel } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useMessages } from '../../language/messages.ts';
import { Part } from '../../parts/Part.tsx';
import { View } from '../../parts/View.tsx';
import { useParams } from '../../url/useParams.ts';
import { Funnel } from './Funnel.tsx';
import { awardFilters } from './filters.ts';
import { Gazette } from './Gazette.tsx';
import { awardMessages } from './messages.ts';

export type FunnelRows = NonNullable<NonNullable<AwardFunnelQuery['campaign']>['awardFunnel']>;

/** D9 and D13: how far the dossiers of a campaign have come, and what was awarded. */
export function Awards() {
  const m = useMessages(awardMessages);
  const [{ campaign: code }] = useParams(awardFilters);
  const asked = useOperation(awardFunnel, { campaign: code });
  return (
    <View title={m.title} asked={asked}>
      {({ campaign }) => (
        <>
          <Part asked={asked} at="campaign" value={campaign} name={m.funnel} none={m.unknown(code)} hasParts>
            {({ awardFunnel: rows }) => (
              <Part asked={asked} at="campaign.awardFunnel" value={rows} name={m.funnel}>
                {(found) => <Funnel rows={found} />}
              </Part>
            )}
          </Part>
          {/* The gazette does not need what the campaign's own part of the graph knows. */}
          {(campaign || asked.faults.length > 0) && <Gazette forms={formsOf(campaign?.awardFunnel ?? [])} />}
        </>
      )}
    </View>
  );
}

/** The forms that are proposed in the campaign, each once, in the order of the catalogue. */
const formsOf = (rows: FunnelRows) => [...new Map(rows.map(({ form }) => [form.code, form])).values()];
