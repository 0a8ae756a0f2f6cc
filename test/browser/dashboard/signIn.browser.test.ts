import { expect, it } from 'vitest';
import { openView } from './openView.ts';

it('lets a developer look as somebody else, who is asked for until the choice is taken back', async () => {
  const { page } = await openView('reports');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Try it as').selectOption('The public');
  await dialog.getByText('The public', { exact: true }).and(page.locator('strong')).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  // Reports are not for the public: nothing of them is left, and nothing asks to try again.
  await page.getByRole('table').first().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Account' }).click();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await dialog.getByText('Dashboard of the ministry').waitFor();
  await page.getByRole('table').first().waitFor();
  expect(await page.getByRole('table').count()).toBe(2);
});

it('says that a token has expired, and leads back', async () => {
  const { page } = await openView('');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Access token').fill('a.b.c');
  await page.getByRole('button', { name: 'Use this token' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  const note = page.getByRole('status').filter({ hasText: 'your sign-in has expired or cannot be used' });
  await note.getByRole('button', { name: 'Sign out, and see what everybody may' }).click();
  await page.locator('blockquote').waitFor();
  expect(await note.count()).toBe(0);
});
