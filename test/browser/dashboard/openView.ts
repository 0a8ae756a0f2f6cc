import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { inject } from 'vitest';
import { openTab } from '../openPage.ts';

export interface OpenedView {
  readonly page: Page;
  /** What the browser reported: errors, and whatever the page's policy refused. */
  readonly complaints: readonly string[];
  /** The operations that were asked, by name, in order. */
  readonly operations: readonly string[];
  /** Resolves when the view has all that it asked for. */
  readonly ready: () => Promise<void>;
}

/** How a view is opened. */
export interface ViewOptions extends BrowserContextOptions {
  /** Which gateway is looked at, where that is not the one of all tests. */
  readonly url?: string;
  /** What happens to the page before it goes anywhere. */
  readonly before?: (page: Page) => Promise<unknown>;
}

/** Opens a view of the dashboard by what follows /dashboard/, and waits until it shows its answer. */
export async function openView(
  address: string,
  { url = inject('programUrl'), before, ...options }: ViewOptions = {},
): Promise<OpenedView> {
  const { page, complaints } = await openTab({ locale: 'en-GB', ...options });
  const operations: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/graphql')) operations.push(request.postDataJSON().operationName);
  });
  await before?.(page);
  const ready = () => page.locator('article[aria-busy=false]').waitFor();
  await page.goto(`${url}/dashboard/${address}`);
  await ready();
  return { page, complaints, operations, ready };
}

/** Asks the graph itself a named operation, by the name of its file; gives its data. */
export async function askGraph<Data>(name: string, variables: object): Promise<Data> {
  const query = readFileSync(`schema/operations/${name}.graphql`, 'utf8');
  const response = await fetch(`${inject('programUrl')}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors) throw new Error(`${name}: ${JSON.stringify(errors)}`);
  return data;
}

/** Gives the rows of a table as a person reads them, cell by cell. */
export const rowsOf = (page: Page, table: string): Promise<string[][]> =>
  page
    .getByRole('table', { name: table })
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));

/** Gives the figures under a heading: name and value. */
export async function figuresUnder(page: Page, heading: string): Promise<Record<string, string>> {
  const section = page.locator('section', { has: page.getByRole('heading', { name: heading, exact: true }) });
  const pairs = await section
    .locator('.figure')
    .evaluateAll((figures) =>
      figures.map((figure) => [
        figure.querySelector('dt')?.textContent ?? '',
        figure.querySelector('.value')?.textContent ?? '',
      ]),
    );
  return Object.fromEntries(pairs);
}
