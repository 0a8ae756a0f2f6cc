import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ExplainedAnswer, ExplainedCommand } from '../../server/explain.ts';
import { demoViewer } from '../../server/viewer.ts';
import type { DoorName } from '../harness/behind.ts';
import { type OpenedDoors, openDoors } from '../harness/doors.ts';

interface Road {
  readonly door: DoorName;
  /** A list with one row of the type, around a selection. */
  readonly query: (selection: string) => string;
  readonly collection: string;
  /** Record fields that are read whatever is asked: the key, the order of the list, what the resolvers rely on. */
  readonly always: readonly string[];
  /** What is selected of the type, and the record fields that it takes; its own name when none are given. */
  readonly fields: Readonly<Record<string, readonly string[] | 'same'>>;
}

const page = (list: string) => (selection: string) => `{ ${list}(first: 1) { nodes { ${selection} } } }`;
const common = { id: [], synthetic: 'same', version: 'same', createdAt: 'same', updatedAt: 'same' } as const;
const people = ['people', 'groups', 'deliveries', 'scopePath'];

/** The types with most fields, each by a list of its own subgraph. */
const roads: Readonly<Record<string, Road>> = {
  Unit: {
    door: 'units',
    query: page('units'),
    collection: 'units_units',
    always: ['_id', 'code', 'path'],
    fields: {
      ...common,
      code: 'same',
      level: 'same',
      status: 'same',
      'name { vi }': ['name'],
      shortName: 'same',
      'otherNames { kind }': ['otherNames'],
      path: 'same',
      depth: 'same',
      'parent { level }': ['parentId', 'level'],
      'ancestors { code }': [],
      provinceCode: 'same',
      'region { code }': ['regionCode'],
      childCount: [],
      'versions { path }': [],
      existsFrom: 'same',
      existsBefore: 'same',
    },
  },
  Campaign: {
    door: 'campaigns',
    query: page('campaigns'),
    collection: 'campaigns_campaigns',
    always: ['_id', 'code', 'issuedOn', 'pathAtEvent'],
    fields: {
      ...common,
      kind: 'same',
      status: 'same',
      'parent { code }': ['parentId'],
      'owner { __typename }': ['ownerId'],
      'title { vi }': ['title'],
      'purpose { vi }': ['purpose'],
      'mottos { role }': ['mottos'],
      'plan { __typename }': ['plan'],
      issuedOn: 'same',
      launchedOn: 'same',
      'phases { code }': ['phases'],
      'contentItems { code }': [],
      'articles(first: 1) { nodes { id } }': ['phases', 'issuedOn', 'endsOn'],
    },
  },
  SupportActivity: {
    door: 'activities',
    query: page('supportActivities'),
    collection: 'activities_activities',
    always: ['_id', 'startsOn'],
    fields: {
      ...common,
      code: 'same',
      'campaign { __typename }': ['campaignId', 'campaignCode'],
      'contentItem { __typename }': ['contentItemId'],
      'unit { __typename }': ['unitId'],
      'title { vi }': ['title'],
      note: 'same',
      status: 'same',
      startsOn: 'same',
      level: ['levelAtEvent'],
      provinceCode: ['provinceAtEvent'],
      'people { reached }': people,
      deliveries: people,
      amount: 'same',
      'inKind { quantity }': ['inKind'],
      'evidence { title }': ['evidence', 'scopePath'],
    },
  },
  Award: {
    door: 'awards',
    query: page('awards'),
    collection: 'awards_awards',
    always: ['_id', 'eventOn'],
    fields: {
      ...common,
      'form { code }': ['form'],
      kind: 'same',
      'recipient { __typename }': ['recipient', 'scopePath', 'status'],
      'campaign { __typename }': ['campaignId'],
      'decision { number }': ['decision'],
      'decidedBy { __typename }': ['decidedBy'],
      conferredOn: 'same',
      posthumous: 'same',
      status: 'same',
      'dossier { __typename }': ['dossierId'],
    },
  },
};

let opened: OpenedDoors;
beforeAll(async () => {
  opened = await openDoors(inject('mongodbUri'), inject('sharedDatabase'));
});
afterAll(() => opened.connection.close());

/** The record fields that the list's own read asks MongoDB for. */
async function projected({ door, query, collection }: Road, selection: string): Promise<string[]> {
  const read = (await commandsOf(door, query(selection))).find((each) => each.collection === collection);
  return Object.keys(Object(read?.projection)).toSorted();
}

async function commandsOf(
  door: DoorName,
  document: string,
  variables = {},
): Promise<readonly ExplainedCommand[]> {
  const request = { document, variables, viewer: demoViewer, requestId: 'test', explain: true };
  const { errors, extensions } = await opened.doors[door].ask(request);
  if (errors) throw new Error(JSON.stringify(errors));
  const { explain } = extensions as { explain: ExplainedAnswer };
  return explain.commands;
}

const recordFields = ({ always, fields }: Road, selected: readonly string[]): string[] => {
  const taken = selected.flatMap((field) => {
    const behind = fields[field] ?? [];
    return behind === 'same' ? [field] : behind;
  });
  return [...new Set([...always, ...taken])].toSorted();
};

describe.each(Object.entries(roads))('a list of %s reads from MongoDB', (_, road) => {
  it('exactly what stands behind the fields that are asked, and what every reading needs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(Object.keys(road.fields), { minLength: 1 }), async (selected) => {
        expect(await projected(road, selected.join(' '))).toEqual(recordFields(road, selected));
      }),
      { seed: 7, numRuns: 25 },
    );
  });
});

it('of a reference only the key and what is asked of it', async () => {
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Unit { shortName } } }`;
  const commands = await commandsOf('units', query, {
    representations: [{ __typename: 'Unit', code: 'T01.1' }],
  });
  expect(commands.map(({ filter, projection }) => ({ filter, projection }))).toEqual([
    { filter: { code: { $in: '[1 value]' } }, projection: { _id: 1, code: 1, path: 1, shortName: 1 } },
  ]);
});
