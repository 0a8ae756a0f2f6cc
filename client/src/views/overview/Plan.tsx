import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { FactList } from '../../parts/FactList.tsx';
import { overviewMessages } from './messages.ts';
import type { OverviewCampaign } from './Overview.tsx';

interface PlanProps {
  readonly campaign: OverviewCampaign;
}

/** What a campaign is: its theme and its dates. */
export function Heading({ campaign }: PlanProps) {
  const text = useText();
  return (
    <section>
      <h2>{text(campaign.title)}</h2>
      <blockquote>{text(campaign.theme)}</blockquote>
      <Facts campaign={campaign} />
    </section>
  );
}

/** What a campaign says: its content items and its mottos. */
export function Plan({ campaign }: PlanProps) {
  const m = useMessages(overviewMessages);
  const text = useText();
  return (
    <section>
      <h2>{m.contents}</h2>
      <ol>
        {campaign.contentItems.map(({ code, title }) => (
          <li key={code}>
            {text(title)} <span className="quiet">{code}</span>
          </li>
        ))}
      </ol>
      <h2>{m.mottos}</h2>
      <ul>
        {campaign.mottos.map((motto) => (
          <li key={motto.text.vi}>
            {text(motto.text)} <span className="quiet">{text(motto.roleLabel)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ campaign }: PlanProps) {
  const m = useMessages(overviewMessages);
  const text = useText();
  const { day } = useFormat();
  const facts = [
    [m.status, m.statuses[campaign.status]],
    [m.owner, campaign.owner && text(campaign.owner.name)],
    [m.issued, day(campaign.issuedOn)],
    [m.launched, campaign.launchedOn && day(campaign.launchedOn)],
    [m.ends, campaign.endsOn && day(campaign.endsOn)],
  ] as const;
  return <FactList facts={facts} />;
}
