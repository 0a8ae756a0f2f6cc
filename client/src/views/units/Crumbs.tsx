import { unitTree } from '../../graph/operations.generated.ts';
import { useOperation } from '../../graph/useOperation.ts';
import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Link } from '../../url/Link.tsx';
import { treePlace } from '../../url/treePlace.ts';
import { useParams } from '../../url/useParams.ts';
import { treeMessages } from './messages.ts';
import { levelOf, TOP, treeParams, useDay } from './place.ts';

/** The units that are open, from the top: each closes what is open below it. */
export function Crumbs() {
  const m = useMessages(treeMessages);
  const [{ path }] = useParams(treeParams);
  return (
    <section aria-label={m.where}>
      <ol className="trail">
        {[TOP, ...path].map((code, index) => (
          <li key={code}>
            <Crumb code={code} path={path.slice(0, index)} last={index === path.length} />
          </li>
        ))}
      </ol>
    </section>
  );
}

interface CrumbProps {
  readonly code: string;
  /** The path at which this unit is the last one open. */
  readonly path: readonly string[];
  readonly last: boolean;
}

function Crumb({ code, path, last }: CrumbProps) {
  const m = useMessages(treeMessages);
  const text = useText();
  const format = useFormat();
  const day = useDay();
  const [{ on }] = useParams(treeParams);
  // The same question as that of the branch below the unit: it is sent once.
  const { data } = useOperation(unitTree, levelOf(code, day));
  const nodes = data?.now?.nodes;
  const [unit] = nodes ?? [];
  if (nodes && !unit) {
    return (
      <Link to="unit" values={{ code }}>
        {m.notThen(code, format.day(day))}
      </Link>
    );
  }
  const name = unit ? text(unit.name) : code;
  if (last) return <span aria-current="location">{name}</span>;
  return (
    <Link to="units" values={treePlace(on, path)}>
      {name}
    </Link>
  );
}
