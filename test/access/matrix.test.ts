import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grants } from '../../server/access/grants.ts';
import { startGraph, type TestGraph } from '../harness/graph.ts';
import { auditedKinds, openPlaced, type Placed } from './placed.ts';
import { placesIn, questionOf, type Resource, resources } from './reads.ts';
import { type Asking, askers, headerOf, viewers } from './viewers.ts';
import { documentOf, placesWritten, writings } from './writes.ts';

/**
 * The matrix of DOMAIN §5.9, written by hand from there and not from the table in the code: for each kind of row and each
 * column, the places whose rows are read. The officer's unit is `own`; the commander's too, or the province above it.
 */

const everywhere = 'own under sibling far';
const nothing = '';

type Row = Readonly<Record<Asking, string>>;

/** "RW own unit", "R subtree", "R" of the ministry, nothing for all others. */
const ofTheForce: Row = {
  public: nothing,
  partner: nothing,
  officer: 'own',
  officerBeside: 'sibling',
  commander: 'own under',
  commanderAbove: 'own under sibling',
  ministry: everywhere,
  ministryDeciding: everywhere,
  admin: nothing,
};

const matrix: Readonly<Record<string, Row>> = {
  'draft campaigns': ofTheForce,
  'progress reports': ofTheForce,
  activities: ofTheForce,
  houses: ofTheForce,
  // The very unit alone: neither who stands above it nor the ministry has rows of persons.
  households: {
    ...ofTheForce,
    commander: 'own',
    commanderAbove: nothing,
    ministry: nothing,
    ministryDeciding: nothing,
  },
  dossiers: ofTheForce,
  // Awards are everybody's; who the person is, "R subtree" of officers too.
  'persons honoured who did not consent': { ...ofTheForce, officer: 'own under' },
  'the audit under activities': ofTheForce,
  // "Own items", "subtree", "all", "all": administrators too, who come to no single activity that it stands under.
  ...Object.fromEntries(
    auditedKinds.map((kind) => [`the audit of ${kind}`, { ...ofTheForce, admin: everywhere }]),
  ),
};

const nobody: Row = Object.fromEntries(askers.map((asking) => [asking, nothing])) as Row;
/** "RW own unit", "W own". */
const byOfficers: Row = { ...nobody, officer: 'own', officerBeside: 'sibling' };
/** "Approve", "verify", "transitions": in the subtree. */
const byCommanders: Row = { ...nobody, commander: 'own under', commanderAbove: 'own under sibling' };

/** "W own" of officers, and of commanders in their subtree. */
const byUnits: Row = { ...byCommanders, officer: 'own', officerBeside: 'sibling' };

/** The same for writing: where each column may, for one mutation of each kind. */
const writing: Readonly<Record<string, Row>> = {
  'drafts:write': byOfficers,
  'drafts:approve': byCommanders,
  'articles:write': byUnits,
  'targets:write': byUnits,
  'participations:write': byUnits,
  'clusters:write': byCommanders,
  'reports:write': byOfficers,
  // Nobody decides on a report of the own unit.
  'reports:approve': { ...byCommanders, commander: 'under' },
  'reports:lock': { ...byCommanders, ministry: everywhere, ministryDeciding: everywhere },
  'activities:write': byOfficers,
  'activities:approve': byCommanders,
  // Where help is given twice it is the commander of the very unit who lets it be (DOMAIN §5.6).
  'deliveries:write': { ...byOfficers, commander: 'own' },
  'people:write': { ...byOfficers, commander: 'own' },
  'dossiers:write': byOfficers,
  'dossiers:review': byCommanders,
  'dossiers:approve': { ...byCommanders, ministry: everywhere, ministryDeciding: everywhere },
  'award:decide': byCommanders,
  'award:decide of the minister': { ...nobody, ministryDeciding: everywhere },
  'units:propose': { ...nobody, ministry: everywhere, ministryDeciding: everywhere, admin: everywhere },
  'units:write': { ...nobody, admin: everywhere },
};

let placed: Placed;
const graphs: TestGraph[] = [];

beforeAll(async () => {
  placed = await openPlaced();
  for (const carrier of ['memory', 'http'] as const)
    graphs.push(await startGraph(carrier, placed.connection.name));
});
afterAll(async () => {
  for (const graph of graphs) await graph.stop();
  await placed.close();
});

type Ask = (asking: Asking, query: string) => Promise<Readonly<Record<string, unknown>> | null | undefined>;

/** For each viewer the places read, by each of the ways; one answer where all the ways agree. */
async function readBy({ rows }: Resource, ways: Resource['ways'], ask: Ask): Promise<object> {
  const found: Record<string, string> = {};
  for (const asking of askers) {
    const answers = new Map<string, string>();
    for (const [way, query] of Object.entries(ways))
      answers.set(way, placesIn(await ask(asking, questionOf(rows(placed), query))));
    const [first = nothing, ...others] = new Set(answers.values());
    found[asking] = others.length === 0 ? first : JSON.stringify([...answers]);
  }
  return found;
}

describe.each(resources)('$name', (resource) => {
  test('are read at the door of their subgraph by whom the matrix lets, also by reference', async () => {
    const { reference, ways } = resource;
    const all = { ...ways, ...(reference ? { 'by reference': reference } : {}) };
    const read = await readBy(resource, all, async (asking, document) => {
      const viewer = viewers[asking];
      return (await placed.doors[resource.door].ask({ document, viewer, requestId: 'test' })).data;
    });
    expect(read).toEqual(matrix[resource.name]);
  });

  test.each([
    ['memory', 0],
    ['HTTP', 1],
  ] as const)('are read at the gateway over %s by whom the matrix lets', async (_, index) => {
    const read = await readBy(resource, resource.ways, async (asking, query) => {
      const answer = await graphs[index]?.ask(query, {}, headerOf(viewers[asking]));
      return answer?.data;
    });
    expect(read).toEqual(matrix[resource.name]);
  });
});

describe.each(writings)('$scope', (each) => {
  test('is done at the door of its subgraph by whom the matrix lets', async () => {
    const found: Record<string, string> = {};
    for (const asking of askers) {
      const document = documentOf(each, placed);
      const viewer = viewers[asking];
      const answer = await placed.doors[each.door].ask({ document, viewer, requestId: 'test' });
      found[asking] = placesWritten(each, answer);
    }
    expect(found).toEqual(writing[each.scope]);
  });

  test.each([
    ['memory', 0],
    ['HTTP', 1],
  ] as const)('is done at the gateway over %s by whom the matrix lets', async (_, index) => {
    const found: Record<string, string> = {};
    for (const asking of askers) {
      const answer = await graphs[index]?.ask(documentOf(each, placed), {}, headerOf(viewers[asking]));
      found[asking] = placesWritten(each, answer ?? {});
    }
    expect(found).toEqual(writing[each.scope]);
  });
});

test('every scope of writing that the table of the code has is in the matrix', () => {
  const writes = Object.keys(grants).filter((scope) =>
    /:(write|approve|review|lock|decide|propose)$/u.test(scope),
  );
  expect(writings.map(({ scope }) => scope)).toEqual(expect.arrayContaining(writes));
});

test('a filter by the code of a draft is answered like one by no code for whoever reads no drafts', async () => {
  const codes = [placed.drafts.own.code, 'BCA-2099-NONE'];
  const kinds = [
    (code?: string) => `{ supportRollup(input: { filter: { campaign: ["${code}"] } }) { rowsMayOverlap } }`,
    (code?: string) => `{ awards(filter: { campaign: ["${code}"] }) { totalCount } }`,
    (code?: string) => `{ campaigns(filter: { parent: ["${code}"] }) { totalCount } }`,
  ];
  for (const ask of kinds) {
    const answers = await Promise.all(
      codes.map((code) => graphs[0]?.ask(ask(code), {}, headerOf(viewers.partner))),
    );
    const said = answers.map((answer, index) =>
      answer?.errors?.map(({ message, extensions }) => [
        extensions?.code,
        message.replace(codes[index] ?? '', 'CODE'),
      ]),
    );
    expect(said[0]).toEqual([['INPUT_INVALID', expect.stringContaining('CODE')]]);
    expect(said[1]).toEqual(said[0]);
  }
});

test('a reference to what the viewer may not read is answered like one to nothing', async () => {
  const at = (id: string) =>
    `{ _entities(representations: [{ __typename: "SupportActivity", id: "${id}" }]) { ... on SupportActivity { code } } }`;
  const ask = (id: string) =>
    placed.doors.activities.ask({ document: at(id), viewer: viewers.officer, requestId: 'test' });
  const hidden = await ask(placed.activities.far._id);
  const unknown = await ask('act_none');
  const said = ({ errors }: typeof hidden) =>
    errors?.map(({ extensions, path }) => ({ code: extensions?.code, path }));
  expect(hidden.data).toEqual({ _entities: [null] });
  expect(said(hidden)).toEqual([{ code: 'ENTITY_NOT_FOUND', path: ['_entities', 0] }]);
  expect([hidden.data, said(hidden)]).toEqual([unknown.data, said(unknown)]);
});
