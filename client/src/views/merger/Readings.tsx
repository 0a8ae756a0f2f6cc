import type { MergerOf2025Query } from '../../graph/operations.generated.ts';
import type { Asked } from '../../graph/useOperation.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { today } from '../../language/today.ts';
import { Part } from '../../parts/Part.tsx';
import { useParams } from '../../url/useParams.ts';
import { mergerMessages } from './messages.ts';
import { mergerParams } from './place.ts';
import { ReadingTable } from './ReadingTable.tsx';
import { Totals } from './Totals.tsx';

interface ReadingsProps {
  readonly data: MergerOf2025Query;
  readonly asked: Asked<MergerOf2025Query>;
}

/** The same support side by side: by the units that reported it, and by those of a later day; above them what both come to. */
export function Readings({ data, asked }: ReadingsProps) {
  const m = useMessages(mergerMessages);
  const text = useText();
  const format = useFormat();
  const [{ asOf, under }] = useParams(mergerParams);
  const { scope, asReported, asOf: later } = data;
  // A unit that cannot be read is called by its code, here and in the tables.
  const name = scope ? text(scope.name) : under;
  const laterName = m.asOf(format.day(asOf ?? today()));
  return (
    <section>
      <h2>{m.compare(name)}</h2>
      {asReported && later && <Totals asReported={asReported} asOf={later} scope={name} />}
      <div className="sides">
        <div>
          <Part asked={asked} at="asReported" value={asReported} name={m.asReported}>
            {(reading) => <ReadingTable id="then" name={m.asReported} reading={reading} />}
          </Part>
        </div>
        <div>
          <Part asked={asked} at="asOf" value={later} name={laterName}>
            {(reading) => <ReadingTable id="now" name={laterName} reading={reading} />}
          </Part>
        </div>
      </div>
    </section>
  );
}
