import { useEffect, useRef } from 'react';
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
  const list = useRef<HTMLUListElement>(null);
  // On a phone not all of them are in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another view another link is the current one.
  useEffect(() => {
    const current = list.current?.querySelector('[aria-current=page]');
    current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [view]);
  return (
    <nav aria-label={m.views}>
      <ul ref={list}>
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
