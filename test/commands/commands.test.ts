import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoViewer } from '../../server/viewer.ts';
import { type Ledger, openLedger } from './ledger.ts';

let graph: Ledger;
beforeAll(async () => {
  graph = await openLedger();
});
afterAll(() => graph.drop());

const key = () => randomUUID();
const page = (title: string = key()) => ({ idempotencyKey: key(), title: { vi: title, en: title } });
const codes = ({ userErrors }: { userErrors: readonly { code: string }[] }) =>
  userErrors.map(({ code }) => code);

const rows = async (name: string, filter: object) => graph.collection(name).find(filter).toArray();

describe('a command', () => {
  it('writes the record, its audit entry and its event together', async () => {
    const { page: opened, userErrors } = await graph.open({ ...page('Trang một'), owner: 'Nguyễn Văn A' });
    expect({ opened, userErrors }).toEqual({
      opened: { id: opened?.id, state: 'OPEN', version: 1 },
      userErrors: [],
    });
    expect(await rows('ledger_audit', { entityIds: opened?.id })).toMatchObject([
      {
        action: 'openPage',
        type: 'Page',
        subject: 'demo-ministry',
        role: 'MINISTRY',
        requestId: 'test',
        version: 1,
        changes: [
          { field: 'title', before: null, after: { vi: 'Trang một', en: 'Trang một' } },
          { field: 'state', before: null, after: 'OPEN' },
          // Personal data is named, never shown.
          { field: 'owner', before: null, after: null },
        ],
      },
    ]);
    expect(await rows('ledger_outbox', { entityId: opened?.id })).toMatchObject([
      { type: 'Page', version: 1, action: 'openPage', copy: { id: opened?.id, state: 'OPEN', version: 1 } },
    ]);
  });

  it('writes nothing at all when it is refused', async () => {
    const count = async () =>
      Promise.all(
        ['pages', 'audit', 'outbox', 'idempotency'].map((name) =>
          graph.collection(`ledger_${name}`).countDocuments(),
        ),
      );
    await graph.open(page('hai lần'));
    const before = await count();
    expect(await graph.open(page('hai lần'))).toEqual({
      page: null,
      userErrors: [
        {
          code: 'TITLE_TAKEN',
          severity: 'ERROR',
          path: ['input', 'title'],
          message: 'Tên đã có.',
          params: [],
        },
      ],
    });
    expect(await count()).toEqual(before);
  });

  it('computes a dry run whole and writes nothing', async () => {
    const before = await graph.collection('ledger_pages').countDocuments();
    const input = { ...page(), dryRun: true };
    expect((await graph.open(input)).userErrors).toEqual([]);
    expect(await graph.collection('ledger_pages').countDocuments()).toBe(before);
    // The key is free: the same page can be opened for good under it.
    expect((await graph.open({ ...input, dryRun: false })).page).not.toBeNull();
  });

  it('speaks the language of the request', async () => {
    await graph.open(page('ngôn ngữ'));
    const { userErrors } = await graph.open(page('ngôn ngữ'), { ...demoViewer, locale: 'EN' });
    expect(userErrors[0]?.message).toBe('The title is taken.');
  });

  it.each([
    ['a blank text', { title: { vi: '  ', en: 'x' } }, ['input', 'title', 'vi']],
    ['a text that is too long', { title: { vi: 'x'.repeat(51), en: 'x' } }, ['input', 'title', 'vi']],
    ['a control character', { title: { vi: 'a\u0000b', en: 'x' } }, ['input', 'title', 'vi']],
    ['a short key', { idempotencyKey: 'short' }, ['input', 'idempotencyKey']],
    ['a key with spaces', { idempotencyKey: 'a key with spaces' }, ['input', 'idempotencyKey']],
  ])('refuses %s and says where', async (_, wrong, path) => {
    const { userErrors } = await graph.open({ ...page(), ...wrong });
    expect(userErrors.map(({ code, path: at }) => ({ code, at }))).toEqual([
      { code: 'INPUT_INVALID', at: path },
    ]);
  });

  it('refuses roles that may not do it before it looks at anything', async () => {
    const officer = { ...demoViewer, role: 'OFFICER' as const };
    const input = { idempotencyKey: key(), id: 'none', expectedVersion: 1 };
    await expect(graph.close(input, officer)).rejects.toThrow('FORBIDDEN');
  });

  it('refuses a forged id, a state that does not allow it, and a version of yesterday', async () => {
    const { page: opened } = await graph.open(page());
    const at = { id: opened?.id ?? '', expectedVersion: 1 };
    expect(codes(await graph.close({ ...at, idempotencyKey: key(), id: 'pag_forged' }))).toEqual([
      'NOT_FOUND',
    ]);
    expect((await graph.close({ ...at, idempotencyKey: key() })).page).toMatchObject({
      state: 'CLOSED',
      version: 2,
    });
    const { userErrors } = await graph.close({ ...at, idempotencyKey: key() });
    expect(userErrors).toMatchObject([
      {
        code: 'VERSION_CONFLICT',
        path: ['input', 'expectedVersion'],
        params: [
          { name: 'expected', value: '1' },
          { name: 'actual', value: '2' },
        ],
      },
    ]);
    expect(codes(await graph.close({ ...at, idempotencyKey: key(), expectedVersion: 2 }))).toEqual([
      'INVALID_STATE',
    ]);
  });
});

describe('warnings', () => {
  const untranslated = () => ({ idempotencyKey: key(), title: { vi: key() } });

  it('hold a command up until they are acknowledged with a reason, which the audit keeps', async () => {
    const input = untranslated();
    const held = await graph.open(input);
    expect(held).toMatchObject({ page: null, userErrors: [{ code: 'NOT_TRANSLATED', severity: 'WARNING' }] });
    const acknowledge = ['NOT_TRANSLATED'];
    const unexplained = await graph.open({ ...input, acknowledge });
    expect(unexplained.userErrors).toMatchObject([
      { code: 'INPUT_INVALID', path: ['input', 'acknowledgeReason'] },
    ]);
    const done = await graph.open({ ...input, acknowledge, acknowledgeReason: 'Sẽ dịch sau.' });
    expect(done.userErrors).toEqual([]);
    expect(await rows('ledger_audit', { entityIds: done.page?.id })).toMatchObject([
      { reason: 'Sẽ dịch sau.', acknowledged: acknowledge },
    ]);
  });

  it('are not overridden by the acknowledgement of another code', async () => {
    const input = { ...untranslated(), acknowledge: ['OTHER'], acknowledgeReason: 'Lý do khác.' };
    expect(codes(await graph.open(input))).toEqual(['NOT_TRANSLATED']);
  });
});

describe('an idempotency key', () => {
  it('gives the same answer to the same request, done once', async () => {
    const input = page();
    const first = await graph.open(input);
    expect(await graph.open(input)).toEqual(first);
    expect(await rows('ledger_audit', { entityIds: first.page?.id })).toHaveLength(1);
  });

  it('is refused for another request', async () => {
    const input = page();
    await graph.open(input);
    const other = await graph.open({ ...input, title: { vi: 'khác', en: 'other' } });
    expect(codes(other)).toEqual(['IDEMPOTENCY_REUSED']);
  });

  it('belongs to one subject', async () => {
    const input = page();
    const first = await graph.open(input);
    const other = await graph.open(
      { ...input, title: { vi: key(), en: key() } },
      { ...demoViewer, subject: 'somebody else' },
    );
    expect(other.page?.id).not.toBe(first.page?.id);
  });

  it('is not used up by a refusal', async () => {
    const taken = key();
    await graph.open(page(taken));
    const input = page(taken);
    expect(codes(await graph.open(input))).toEqual(['TITLE_TAKEN']);
    await graph.collection('ledger_pages').deleteOne({ 'title.vi': taken });
    expect((await graph.open(input)).page).not.toBeNull();
  });

  it('keeps no input, only a fingerprint and the ids of the result', async () => {
    const secret = key();
    const { page: opened } = await graph.open(page(secret));
    const kept = await graph.collection('ledger_idempotency').findOne({ 'result.id': opened?.id });
    expect(JSON.stringify(kept)).not.toContain(secret);
  });

  it('lets one of many equal requests at once do the work, and gives all of them its answer', async () => {
    const input = page();
    const answers = await Promise.all(Array.from({ length: 30 }, () => graph.open(input)));
    expect(new Set(answers.map(({ page: opened }) => opened?.id)).size).toBe(1);
    expect(answers.flatMap(codes)).toEqual([]);
  });
});

describe('two hundred writers on one record', () => {
  it('lead to one winner, and everybody else hears why not', async () => {
    const { page: opened } = await graph.open(page());
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        graph.close({ idempotencyKey: key(), id: opened?.id, expectedVersion: 1 }),
      ),
    );
    expect(answers.filter(({ page: closed }) => closed !== null)).toHaveLength(1);
    expect(answers.filter((answer) => codes(answer)[0] === 'VERSION_CONFLICT')).toHaveLength(199);
    expect(await rows('ledger_audit', { entityIds: opened?.id, action: 'closePage' })).toHaveLength(1);
    expect(await rows('ledger_outbox', { entityId: opened?.id, action: 'closePage' })).toHaveLength(1);
  });
});
