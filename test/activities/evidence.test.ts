import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, key, type OpenedPlanning, openPlanning, type Seen, viewerOf } from './planningDoor.ts';

let door: OpenedPlanning;
beforeAll(async () => {
  door = await openPlanning();
});
afterAll(() => door.graph.close());

const statuses = ['PLANNED', 'APPROVED', 'IN_PROGRESS', 'DELIVERED', 'VERIFIED', 'CANCELLED'] as const;
const piece = (digit: string) => ({ number: '12/BC', sha256: digit.repeat(64) });

describe('evidence', () => {
  const add = ({ id, expectedVersion }: Seen, evidence: readonly object[], viewer = door.officer) =>
    door.send('addEvidence', { idempotencyKey: key(), id, expectedVersion, evidence }, viewer);

  it('is added by reference and check sum', async () => {
    const seen = await door.planned();
    const url = 'https://hoso.example.vn/12';
    const { activity } = await add(seen, [
      piece('a'),
      { title: 'Biên bản', date: '2021-09-02', url, sha256: 'b'.repeat(64) },
    ]);
    expect(activity).toMatchObject({
      version: 2,
      evidence: [
        { number: '12/BC', date: null, title: null, url: null, sha256: 'a'.repeat(64) },
        { number: null, date: '2021-09-02', title: 'Biên bản', url, sha256: 'b'.repeat(64) },
      ],
    });
  });

  it.each(statuses)('to an activity that is %s', async (status) => {
    const payload = await add(await door.planned({}, { status }), [piece('a')]);
    expect(faultsOf(payload)).toEqual(
      status === 'VERIFIED' || status === 'CANCELLED' ? ['INVALID_STATE ERROR '] : [],
    );
  });

  it.each([
    ['nothing', [], ['evidence']],
    ['a check sum of the wrong length', [{ number: '1', sha256: 'ab' }], ['evidence.0.sha256']],
    ['a check sum in capitals', [{ number: '1', sha256: 'A'.repeat(64) }], ['evidence.0.sha256']],
    ['an address of another kind', [{ ...piece('a'), url: 'javascript:alert(1)' }], ['evidence.0.url']],
    ['a check sum alone', [{ sha256: 'a'.repeat(64) }], ['evidence.0']],
    ['a day to come', [{ ...piece('a'), date: '2026-01-16' }], ['evidence.0.date']],
    ['a file twice', [piece('a'), piece('b'), piece('a')], ['evidence.2.sha256']],
    ['a text that is too long', [{ ...piece('a'), title: 'x'.repeat(1_001) }], ['evidence.0.title']],
  ])('refuses %s, as a whole', async (_, evidence, found) => {
    const seen = await door.planned();
    expect(faultsOf(await add(seen, evidence))).toEqual(found.map((path) => `INPUT_INVALID ERROR ${path}`));
    expect(await door.rows('activities', { _id: seen.id })).toMatchObject([{ evidence: [], version: 1 }]);
  });

  it('is added by officers of the very unit', async () => {
    const seen = await door.planned();
    await expect(add(seen, [piece('a')], door.commander)).rejects.toThrow('UNAUTHORIZED_FIELD_OR_TYPE');
    const stranger = viewerOf('OFFICER', 'officer-4', door.elsewhere.scopePath);
    await expect(add(seen, [piece('a')], stranger)).rejects.toThrow('OUT_OF_SUBTREE');
  });

  it('loses no piece when many are added at once', async () => {
    const { id } = await door.planned();
    const addNext = async (digit: string): Promise<void> => {
      for (;;) {
        const [row] = await door.rows('activities', { _id: id });
        const payload = await add({ id, expectedVersion: Number(row?.version) }, [piece(digit)]);
        if (payload.activity) return;
        expect(faultsOf(payload)).toEqual(['VERSION_CONFLICT ERROR expectedVersion']);
      }
    };
    await Promise.all([...'123456789abc'].map(addNext));
    const [row] = await door.rows('activities', { _id: id });
    expect(row?.evidence).toHaveLength(12);
    expect(row?.version).toBe(13);
  });
});
