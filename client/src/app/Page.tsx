import { type ComponentType, lazy, Suspense, useEffect, useRef } from 'react';
import { useMessages } from '../language/messages.ts';
import { Loading } from '../parts/Loading.tsx';
import { usePlace } from '../url/place.ts';
import { appMessages } from './messages.ts';
import { NotLoaded } from './NotLoaded.tsx';
import { views } from './views.ts';

const components: ReadonlyMap<string, ComponentType> = new Map(
  views.flatMap(({ name, load }) =>
    load ? [[name, lazy(async () => ({ default: await load() }))] as const] : [],
  ),
);

/** The view that the address names. */
export function Page() {
  const { view } = usePlace();
  useHeadingFocus(view);
  const View = components.get(view);
  if (!View) return <NotFound />;
  return (
    <NotLoaded key={view}>
      <Suspense fallback={<Loading />}>
        <View />
      </Suspense>
    </NotLoaded>
  );
}

/** Whoever goes from one view to another reads on at its beginning, by eye and by screen reader. */
function useHeadingFocus(view: string): void {
  const before = useRef(view);
  useEffect(() => {
    if (before.current === view) return;
    before.current = view;
    window.scrollTo(0, 0);
    document.getElementById('content')?.focus();
  }, [view]);
}

function NotFound() {
  const m = useMessages(appMessages);
  return (
    <article>
      <h1>{m.notFound}</h1>
      <p>{m.notFoundWhy}</p>
    </article>
  );
}
