import type { Page } from 'playwright-core';

/** Waits until the explorer can run something: GraphiQL loads its editors one by one, and runs nothing before. */
export async function editorsReady(page: Page): Promise<void> {
  for (const editor of ['.graphiql-query-editor', '.result-window']) {
    await page.locator(`${editor} .CodeMirror`).waitFor();
  }
}
