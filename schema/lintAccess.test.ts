import { expect, test } from 'vitest';
import { type Composed, CompositionFaults, compose } from './composition.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@tag", "@authenticated", "@requiresScopes", "@policy"])`;

const composed = (sdl: string): Composed =>
  compose([{ name: 'units', url: 'http://127.0.0.1:1/units', sdl: `${link}\n${sdl}` }]);

function faultsOf(sdl: string): readonly string[] {
  try {
    composed(sdl);
    return [];
  } catch (error) {
    if (error instanceof CompositionFaults) return error.faults;
    throw error;
  }
}

const unit = '"A unit." type Unit @tag(name: "public") @tag(name: "partner") { "Its code." code: ID! }';
const open = '"A unit." unit: Unit @tag(name: "public") @tag(name: "partner")';

const write = `"A." input In { "Key." idempotencyKey: String! } "B." type Payload { "Why." userErrors: [UserError!]! }
  "C." type UserError { "Code." code: String! }`;

test.each([
  ['a root that is tagged public', `type Query { ${open} }`, []],
  ['a root with a rule', `type Query { ${open} "Me." me: Int @authenticated }`, []],
  [
    'a root whose type has a rule',
    `type Query { ${open} "A report." report: Report } "A report." type Report @requiresScopes(scopes: [["reports:read"]]) { "Its id." id: ID! }`,
    [],
  ],
  [
    'a root that is open by oversight',
    `type Query { ${open} "A number." number: Int @tag(name: "partner") }`,
    ["Query.number is everybody's by oversight: give it a rule, or the tag public."],
  ],
  [
    'a mutation without a rule',
    `type Query { ${open} } type Mutation { "Opens." openUnit("In." input: In!): Payload } ${write}`,
    ['Mutation.openUnit has no rule: say which scopes it takes.'],
  ],
  [
    'what the public can never read',
    `type Query { ${open} "Me." me: Int @authenticated @tag(name: "public") @tag(name: "partner") }`,
    ['Query.me has the tag public, which can never meet the rule of Query.me: take the tag away.'],
  ],
  [
    'what a partner can never read, for its type',
    `type Query { ${open} "A report." report: Report @tag(name: "partner") }
     "A report." type Report @requiresScopes(scopes: [["reports:read"]]) @tag(name: "partner") { "Its id." id: ID! }`,
    [
      'Query.report has the tag partner, which can never meet the rule of Report: take the tag away.',
      'Report.id has the tag partner, which can never meet the rule of Report: take the tag away.',
    ],
  ],
  [
    'what takes a policy',
    `type Query { ${open} "It." it: Int @policy(policies: [["data-officer"]]) @tag(name: "partner") }`,
    ['Query.it has the tag partner, which can never meet the rule of Query.it: take the tag away.'],
  ],
  [
    'a contract of nothing',
    `type Query { ${open} "It." it: Other @authenticated } "Other." type Other @tag(name: "press") { "Id." id: ID! }`,
    ['The contract press holds nothing: no root has its tag.'],
  ],
])('judges %s', (_, sdl, expected) => {
  expect(faultsOf(`${unit} ${sdl}`)).toEqual(expected);
});

test('a graph without contracts need not say whose its roots are', () => {
  expect(faultsOf('type Query { "A number." number: Int }')).toEqual([]);
});

test('rules and tags stand in files of their own, and in nothing that clients compare', () => {
  const { api, access, contracts, supergraph } = composed(
    `${unit} type Query {
      ${open}
      "A code." code: ID @requiresScopes(scopes: [["awards:verify", "x"], ["export:read"]]) @tag(name: "partner")
      "Free." free: Int @tag(name: "public")
    }`,
  );
  expect(access).toEqual({
    'Query.code': { requiresScopes: [['awards:verify', 'x'], ['export:read']] },
  });
  expect(api).not.toContain('@');
  expect(supergraph).not.toContain('requiresScopes');
  expect([...contracts.keys()]).toEqual(['partner', 'public']);
  expect(contracts.get('partner')).toContain('code: ID\n');
  expect(contracts.get('public')).toContain('free: Int');
});

test('a tag on a type covers its fields, but those that have a rule of their own', () => {
  const { contracts } = composed(
    `type Query { ${open} }
     "A unit." type Unit @tag(name: "public") @tag(name: "partner") {
       "Its code." code: ID!
       "Who changed it." changedBy: String @authenticated
       "Its number." number: Int @authenticated @tag(name: "partner")
     }`,
  );
  const unitOf = (tag: string) =>
    /type Unit \{(?<fields>[^}]*)\}/u.exec(contracts.get(tag) ?? '')?.groups?.fields;
  expect(unitOf('public')?.match(/\w+(?=: )/gu)).toEqual(['code']);
  expect(unitOf('partner')?.match(/\w+(?=: )/gu)).toEqual(['code', 'number']);
});
