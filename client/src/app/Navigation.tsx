import { useText } from '../language/language.ts';
import { useMessages } from '../language/messages.ts';
import { Link } from '../url/Link.tsx';
import { usePlace } from '../url/place.ts';
import { appMessages } from './messages.ts';
import { views } from './views.ts';

/** The way to all views; one that is not there yet is named only. */
export function Navigation() {
  const m = useMessages(appMessages);
  const text = useText();
  const { view } = usePlace();
  return (
    <nav aria-label={m.views}>
      <ul>
        {views.map(({ name, title, load }) => (
          <li key={name}>
            {load ? (
              <Link to={name} current={name === view}>
                {text(title)}
              </Link>
            ) : (
              <span className="quiet">{text(title)}</span>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
