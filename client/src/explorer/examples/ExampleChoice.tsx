import { useRef } from 'react';
import { byAsker, type Example } from './example.ts';
import { useOpenExample } from './useOpenExample.ts';

/** The choice of an example to open, grouped by who asks them. */
export function ExampleChoice({ examples }: { readonly examples: readonly Example[] }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = useOpenExample();
  const choose = (example: Example) => {
    dialog.current?.close();
    open(example);
  };
  return (
    <>
      <button type="button" className="graphiql-button" onClick={() => dialog.current?.showModal()}>
        Examples
      </button>
      <dialog ref={dialog} className="examples" aria-label="Examples">
        {byAsker(examples).map(([asker, ofAsker]) => (
          <section key={asker}>
            <h2>{asker}</h2>
            <ul>
              {ofAsker.map((example) => (
                <li key={example.title}>
                  <button type="button" onClick={() => choose(example)}>
                    {example.title}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <form method="dialog">
          <button type="submit" className="graphiql-button">
            Close
          </button>
        </form>
      </dialog>
    </>
  );
}
