import type { MouseEvent, ReactNode } from 'react';
import { goTo, hrefOf, usePlace } from './place.ts';

/** What a person has chosen for all views, and what links from one to the other keep. */
const kept = ['lang', 'theme', 'campaign'];

/** Gives the search that another view is opened with: what is kept, and some values of its own. */
export function searchFor(search: string, values: Readonly<Record<string, string>> = {}): string {
  const now = new URLSearchParams(search);
  const next = new URLSearchParams();
  for (const name of kept) {
    const value = now.get(name);
    if (value !== null) next.set(name, value);
  }
  for (const [name, value] of Object.entries(values)) next.set(name, value);
  const text = next.toString();
  return text ? `?${text}` : '';
}

interface LinkProps {
  /** The name of a view, as in its address. */
  readonly to: string;
  /** Values of the view's parameters. */
  readonly values?: Readonly<Record<string, string>>;
  readonly current?: boolean;
  /** -1 where the keyboard comes to it in another way than one link after the other. */
  readonly tabIndex?: -1;
  readonly children: ReactNode;
}

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** A link to a view: opens without loading the page again, and in another tab as links do. */
export function Link({ to, values, current = false, tabIndex, children }: LinkProps) {
  const { search } = usePlace();
  const href = hrefOf(to, searchFor(search, values));
  const open = (event: MouseEvent) => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    goTo(href);
  };
  return (
    <a href={href} onClick={open} aria-current={current ? 'page' : undefined} tabIndex={tabIndex}>
      {children}
    </a>
  );
}
