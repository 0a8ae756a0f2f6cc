import { type ReportCompletenessQuery, reportCompleteness } from '../../graph/operations.generated.ts';
import { type Asked, useOperation } from '../../graph/useOperation.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Part } from '../../parts/Part.tsx';
import { periodsOf } from '../../parts/period/periods.ts';
import { Trail } from '../../parts/Trail.tsx';
import { View } from '../../parts/View.tsx';
import { useParams } from '../../url/useParams.ts';
import { questionOf, reportFilters } from './filters.ts';
import { MissingReports } from './MissingReports.tsx';
import { reportMessages } from './messages.ts';
import { ReportPeriod } from './ReportPeriod.tsx';
import { UnitPlot } from './UnitPlot.tsx';
import { UnitTable } from './UnitTable.tsx';

export type Completeness = NonNullable<NonNullable<ReportCompletenessQuery['campaign']>['completeness']>;

/** D6: how complete the reports of a period are, unit by unit, and which are missing. */
export function Reports() {
  const m = useMessages(reportMessages);
  const [filters] = useParams(reportFilters);
  const asked = useOperation(reportCompleteness, questionOf(filters));
  return (
    <View title={m.title} asked={asked} filters={<ReportPeriod periods={periodsOf(asked.data?.campaign)} />}>
      {({ campaign }) => (
        <Part
          asked={asked}
          at="campaign"
          value={campaign}
          name={m.completeness}
          none={m.unknown(filters.campaign)}
          hasParts
        >
          {({ completeness }) => (
            <Part asked={asked} at="campaign.completeness" value={completeness} name={m.completeness}>
              {(found) => <Answer completeness={found} asked={asked} />}
            </Part>
          )}
        </Part>
      )}
    </View>
  );
}

interface AnswerProps {
  readonly completeness: Completeness;
  readonly asked: Asked<ReportCompletenessQuery>;
}

function Answer({ completeness }: AnswerProps) {
  const text = useText();
  const [{ under, period }] = useParams(reportFilters);
  const { total } = completeness;
  const name = total.unit ? text(total.unit.name) : under;
  return (
    <>
      {total.unit && (
        <Trail
          unit={total.unit}
          linkTo={(code) => ({ to: 'reports', values: { under: code, ...(period && { period }) } })}
        />
      )}
      {completeness.nodes.length > 0 && <UnitPlot rows={completeness.nodes} />}
      <UnitTable completeness={completeness} name={name} />
      <MissingReports reports={total.missingReports} />
    </>
  );
}
