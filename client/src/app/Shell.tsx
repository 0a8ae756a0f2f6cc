import type { ReactNode } from 'react';
import { useMessages } from '../language/messages.ts';
import { SignIn } from '../signIn/SignIn.tsx';
import { Link } from '../url/Link.tsx';
import { Choices } from './Choices.tsx';
import { appMessages } from './messages.ts';
import { Navigation } from './Navigation.tsx';

/** What stands around every view. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const m = useMessages(appMessages);
  return (
    <>
      <a className="skip" href="#content">
        {m.skip}
      </a>
      <header>
        <p className="brand">
          <Link to="">{m.brand}</Link>
        </p>
        <div className="choices">
          <Choices />
          <SignIn />
        </div>
      </header>
      <Navigation />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <p>{m.synthetic}</p>
      </footer>
    </>
  );
}
