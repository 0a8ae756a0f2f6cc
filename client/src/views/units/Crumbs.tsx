import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { Link } from '../../url/Link.tsx';
import { treePlace } from '../../url/treePlace.ts';
import { useParams } from '../../url/useParams.ts';
import { treeMessages } from './messages.ts';
import { openIn, treeParams, useDay } from './place.ts';
import type { TreeState } from './treeContext.ts';

interface CrumbsProps {
  readonly levels: TreeState['levels'];
  /** Whether the units that are open are still being asked for. */
  readonly loading: boolean;
}

/** The units that are open, from the top: each closes what is open below it. */
export function Crumbs({ levels, loading }: CrumbsProps) {
  const m = useMessages(treeMessages);
  const text = useText();
  const [{ on, path }] = useParams(treeParams);
  return (
    <section aria-label={m.where}>
      <ol className="trail">
        {openIn(path).map((code, index) => {
          const unit = levels.get(code)?.parent;
          const name = unit ? text(unit.name) : code;
          if (!unit && !loading) return <NotThen key={code} code={code} />;
          if (index === path.length) {
            return (
              <li key={code} aria-current="location">
                {name}
              </li>
            );
          }
          return (
            <li key={code}>
              <Link to="units" values={treePlace(on, path.slice(0, index))}>
                {name}
              </Link>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** In the place of a unit that the address opens, and that did not exist on the day. */
function NotThen({ code }: { readonly code: string }) {
  const m = useMessages(treeMessages);
  const format = useFormat();
  const day = useDay();
  return (
    <li>
      <Link to="unit" values={{ code }}>
        {m.notThen(code, format.day(day))}
      </Link>
    </li>
  );
}
