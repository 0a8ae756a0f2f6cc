import { type CampaignOverviewQuery, campaignOverview } from '../../graph/operations.generated.ts';
import { type Asked, useOperation } from '../../graph/useOperation.ts';
import { useMessages } from '../../language/messages.ts';
import { AwardFigures, ReportFigures, SupportFigures } from '../../parts/figures/Figures.tsx';
import { Part } from '../../parts/Part.tsx';
import { View } from '../../parts/View.tsx';
import { campaignParam } from '../../url/campaign.ts';
import { useParams } from '../../url/useParams.ts';
import { ParticipationFigures } from './Figures.tsx';
import { overviewMessages } from './messages.ts';
import { Heading, Plan } from './Plan.tsx';

export type OverviewCampaign = NonNullable<CampaignOverviewQuery['campaign']>;

/** D1: one campaign on one screen. */
export function Overview() {
  const m = useMessages(overviewMessages);
  const [{ campaign: code }] = useParams(campaignParam);
  const asked = useOperation(campaignOverview, { code });
  return (
    <View title={m.title} asked={asked}>
      {({ campaign }) => (
        <Part asked={asked} at="campaign" value={campaign} name={m.title} none={m.unknown(code)} hasParts>
          {(found) => <Campaign campaign={found} asked={asked} />}
        </Part>
      )}
    </View>
  );
}

interface CampaignProps {
  readonly campaign: OverviewCampaign;
  readonly asked: Asked<CampaignOverviewQuery>;
}

function Campaign({ campaign, asked }: CampaignProps) {
  const m = useMessages(overviewMessages);
  const { completeness, supportSummary, awardSummary } = campaign;
  return (
    <>
      <Heading campaign={campaign} />
      <Part asked={asked} at="campaign.owner" value={campaign.owner} name={m.owner}>
        {() => null}
      </Part>
      <section>
        <h2>{m.participants}</h2>
        <ParticipationFigures counts={campaign.participationCounts} />
      </section>
      <section>
        <h2>{m.reports}</h2>
        <Part asked={asked} at="campaign.completeness" value={completeness} name={m.reports}>
          {({ total }) => <ReportFigures counts={total} />}
        </Part>
      </section>
      <section>
        <h2>{m.support}</h2>
        <Part asked={asked} at="campaign.supportSummary" value={supportSummary} name={m.support}>
          {(summary) => <SupportFigures summary={summary} />}
        </Part>
      </section>
      <section>
        <h2>{m.awards}</h2>
        <Part asked={asked} at="campaign.awardSummary" value={awardSummary} name={m.awards}>
          {(summary) => <AwardFigures summary={summary} />}
        </Part>
      </section>
      <Plan campaign={campaign} />
    </>
  );
}
