import { DEMO_VIEWER_HEADER } from '../access/demoHeader.ts';

/** Somebody whom a developer can ask as: a name for the list, and the headers that make a request theirs. */
export interface DemoAsker {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
}

const demo = (name: string, header: string): DemoAsker => ({
  name,
  headers: { [DEMO_VIEWER_HEADER]: header },
});

/** The askers that the explorer offers, one of each role. Without a header a request is the demo ministry's. */
export const demoAskers: readonly DemoAsker[] = [
  { name: 'Ministry dashboard', headers: {} },
  demo('Officer of Hanoi', 'role=OFFICER; unit=/BCA/T01.1/; name=an'),
  demo('Commander of Hanoi', 'role=COMMANDER; unit=/BCA/T01.1/; name=binh'),
  demo('Administrator', 'role=ADMIN; unit=/BCA/; name=quan'),
  demo('Partner app', 'role=PARTNER'),
  demo('The public', 'role=PUBLIC'),
];
