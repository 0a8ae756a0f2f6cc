import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addedPeople,
  type GivenPeople,
  groupProblems,
  type ListedHousehold,
  peopleAfter,
  peopleProblems,
} from './deliveredPeople.ts';

const given = (counts: Partial<GivenPeople> = {}): GivenPeople => ({
  deliveries: null,
  reached: null,
  households: null,
  groups: null,
  ...counts,
});
const home = (group: string | null, size: number, isKnown = false): ListedHousehold => ({
  group,
  size,
  isKnown,
});
const poor = (reached: number, households: number) => ({ group: 'NGUOI_NGHEO', reached, households });
const old = (reached: number, households: number) => ({ group: 'NGUOI_CAO_TUOI', reached, households });

describe('the counts that a hand-over adds', () => {
  it('are those of its list where none are given', () => {
    const list = [home('NGUOI_NGHEO', 4), home('NGUOI_NGHEO', 2), home(null, 3)];
    expect(addedPeople(given(), list)).toEqual({
      deliveries: 3,
      reached: 9,
      households: 3,
      groups: [{ code: 'NGUOI_NGHEO', reached: 6, households: 2 }],
    });
  });

  it('count a household that the activity lists already as handed to, not as reached', () => {
    expect(addedPeople(given(), [home('NGUOI_NGHEO', 4, true), home('NGUOI_NGHEO', 2)])).toEqual({
      deliveries: 2,
      reached: 2,
      households: 1,
      groups: [{ code: 'NGUOI_NGHEO', reached: 2, households: 1 }],
    });
  });

  it('are the given ones, which hold the list; the whole is the sum of the groups', () => {
    const counts = given({ deliveries: 10, groups: [poor(30, 8), old(5, 2), poor(1, 1)] });
    expect(addedPeople(counts, [home('NGUOI_NGHEO', 4)])).toEqual({
      deliveries: 10,
      reached: 36,
      households: 11,
      groups: [
        { code: 'NGUOI_NGHEO', reached: 31, households: 9 },
        { code: 'NGUOI_CAO_TUOI', reached: 5, households: 2 },
      ],
    });
  });

  it.each<[string, Partial<GivenPeople>, ListedHousehold[], string[]]>([
    ['nothing at all', {}, [], []],
    ['a list alone', {}, [home('NGUOI_NGHEO', 4), home(null, 2)], []],
    [
      'a sensitive group counted, and its household listed without it',
      { deliveries: 1, groups: [old(3, 1)] },
      [home(null, 3)],
      [],
    ],
    [
      'people in two groups',
      { deliveries: 9, reached: 30, households: 9, groups: [poor(25, 7), old(8, 4)] },
      [],
      [],
    ],
    [
      'people without a delivery',
      { groups: [poor(4, 1)] },
      [],
      ['REACHED_WITHOUT_DELIVERY input.deliveries'],
    ],
    [
      'people of no group without a delivery',
      { deliveries: 0, reached: 1 },
      [],
      ['REACHED_WITHOUT_DELIVERY input.deliveries'],
    ],
    [
      'more households than hand-overs',
      { deliveries: 1, groups: [poor(4, 2)] },
      [],
      ['INPUT_INVALID input.deliveries'],
    ],
    [
      'more rows than hand-overs',
      { deliveries: 1 },
      [home('NGUOI_NGHEO', 1), home('NGUOI_NGHEO', 1, true)],
      ['INPUT_INVALID input.deliveries'],
    ],
    [
      'a group below its list',
      { deliveries: 9, groups: [poor(3, 1), old(9, 3)] },
      [home('NGUOI_NGHEO', 4)],
      ['INPUT_INVALID input.groups'],
    ],
    [
      'a whole below the list',
      { reached: 1, deliveries: 1, groups: [] },
      [home(null, 2)],
      ['INPUT_INVALID input.people'],
    ],
    [
      'a whole below a group',
      { deliveries: 9, reached: 8, groups: [poor(9, 3)] },
      [],
      ['INPUT_INVALID input.reached'],
    ],
    [
      'a whole above all groups',
      { deliveries: 9, households: 7, groups: [poor(9, 3)] },
      [],
      ['INPUT_INVALID input.households'],
    ],
    [
      'households without people',
      { deliveries: 9, groups: [poor(2, 3)] },
      [],
      ['INPUT_INVALID input.groups'],
    ],
  ])('are right, or not: %s', (_, counts, list, found) => {
    const problems = peopleProblems(addedPeople(given(counts), list), list);
    expect(problems.map(([code, { path }]) => `${code} ${path?.join('.')}`)).toEqual(found);
  });

  it('are added to those of the activity; a group that nobody planned for is new', () => {
    const before = {
      deliveries: 1,
      people: { targeted: 10, reached: 4, households: 1 },
      groups: [{ code: 'NGUOI_NGHEO', targeted: 10, reached: null, households: null }],
    };
    const added = addedPeople(given({ deliveries: 3, groups: [poor(5, 2), old(1, 1)] }), []);
    expect(peopleAfter(before, added)).toEqual({
      deliveries: 4,
      people: { targeted: 10, reached: 10, households: 4 },
      groups: [
        { code: 'NGUOI_NGHEO', targeted: 10, reached: 5, households: 2 },
        { code: 'NGUOI_CAO_TUOI', targeted: 0, reached: 1, households: 1 },
      ],
    });
  });

  it('keep to the groups that an activity may have', () => {
    const groups = Array.from({ length: 21 }, (_, index) => ({
      code: `G${index}`,
      targeted: 0,
      reached: 0,
      households: 0,
    }));
    expect(groupProblems({ groups })).toHaveLength(1);
    expect(groupProblems({ groups: groups.slice(1) })).toEqual([]);
  });

  it('stay in order, whatever is taken', () => {
    const small = fc.nat(6);
    const maybe = fc.option(small);
    const group = fc.constantFrom('NGUOI_NGHEO', 'NGUOI_CAO_TUOI');
    const handOvers = fc.array(
      fc.record({
        counts: fc.record({
          deliveries: maybe,
          reached: maybe,
          households: maybe,
          groups: fc.option(
            fc.array(fc.record({ group, reached: small, households: small }), { maxLength: 3 }),
          ),
        }),
        list: fc.array(
          fc.record({ group: fc.option(group), size: fc.integer({ min: 1, max: 3 }), isKnown: fc.boolean() }),
          { maxLength: 3 },
        ),
      }),
      { maxLength: 20 },
    );
    const nobody = { deliveries: 0, people: { targeted: 0, reached: 0, households: 0 }, groups: [] };
    fc.assert(
      fc.property(handOvers, (all) => {
        const { deliveries, people, groups } = all.reduce<Parameters<typeof peopleAfter>[0]>(
          (before, { counts, list }) => {
            const added = addedPeople(counts, list);
            return peopleProblems(added, list).length === 0 ? peopleAfter(before, added) : before;
          },
          nobody,
        );
        const [reached, households] = [people.reached ?? 0, people.households ?? 0];
        expect(deliveries).toBeGreaterThanOrEqual(households);
        expect(reached).toBeGreaterThanOrEqual(households);
        for (const each of groups) {
          expect(reached).toBeGreaterThanOrEqual(each.reached ?? 0);
          expect(households).toBeGreaterThanOrEqual(each.households ?? 0);
        }
      }),
      { numRuns: 300, seed: 2021 },
    );
  });
});
