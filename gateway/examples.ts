import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { DEMO_VIEWER_HEADER } from './access/demoHeader.ts';
import type { Example } from './explorer/explorer.ts';

/** What the first comment of an operation says: "D4. How support of one unit went on …". */
const titleOf = (query: string): string => /^# (.+)$/mu.exec(query)?.[1] ?? '';

// D2 before D10, and the dashboards' before the partners'.
const byTitle = new Intl.Collator('en', { numeric: true });

type Asked = Pick<Example, 'asker' | 'headers'>;

/** Partners' operations are opened as a partner asks them: with small counts suppressed and nobody named who does not agree. */
const asPartner = { [DEMO_VIEWER_HEADER]: 'role=PARTNER; scopes=awards:verify export:read' };
const askedByPartners: Asked = { asker: 'Apps of partners', headers: JSON.stringify(asPartner, null, 2) };
const askedByDashboards: Asked = { asker: 'Dashboards of the ministry', headers: null };

/**
 * Reads the named operations of a directory: x.graphql, and its variables in x.json. They come in the order of their
 * titles, which stand in the first comment: D1 to D12 for dashboards, P1 to P6 for partners.
 */
export function readExamples(directory: URL): Example[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => readExample(name, directory))
    .sort((a, b) => byTitle.compare(a.title, b.title));
}

function readExample(name: string, directory: URL): Example {
  const query = readFileSync(new URL(name, directory), 'utf8');
  const title = titleOf(query);
  const variables = new URL(name.replace(/\.graphql$/u, '.json'), directory);
  return {
    ...(title.startsWith('P') ? askedByPartners : askedByDashboards),
    title,
    query,
    variables: existsSync(variables) ? readFileSync(variables, 'utf8') : null,
  };
}
