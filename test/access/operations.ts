import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';

/** Random operations over the graph: random selections of fields, with the addresses and filters of a seed. */

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));

/** What of a seed is asked for, by name: `activity` is a list of ids of activities. */
export type Pools = Readonly<Record<string, readonly string[]>>;

/** What of an answer differs from viewer to viewer by other rules than those of rows, each with tests of its own. */
const left = new Set([
  'availableActions',
  'supportRollup',
  'supportExport',
  'supportSummary',
  'awardFunnel',
  'reported',
  'peerScores',
  'verifyAward',
  'viewer',
]);
/** Audits under these types go by the unit's place of today, which the oracle does not hold. */
const auditLeft = new Set([
  'Participation',
  'Article',
  'IndicatorTarget',
  'EmulationCluster',
  'PeerScore',
  'UnitMergeProposal',
  'Beneficiary',
  'Unit',
]);

const MOST_FIELDS = 4;
const MOST_ROOTS = 3;
const DEPTH = 6;

const text = (value: string): string => JSON.stringify(value);
const oneOf = (pools: Pools, name: string): fc.Arbitrary<string> => fc.constantFrom(...(pools[name] ?? []));
const several = (pools: Pools, name: string): fc.Arbitrary<string> =>
  fc.array(oneOf(pools, name), { minLength: 1, maxLength: 4 }).map((all) => `[${all.map(text).join(', ')}]`);

type Given = (pools: Pools) => fc.Arbitrary<string>;

const by =
  (argument: string, pool: string): Given =>
  (pools) =>
    oneOf(pools, pool).map((value) => `${argument}: ${text(value)}`);
const listed =
  (argument: string, pool: string): Given =>
  (pools) =>
    several(pools, pool).map((values) => `${argument}: ${values}`);
/** No filter, or one by one of the fields. */
const filtered =
  (fields: Readonly<Record<string, string>>): Given =>
  (pools) =>
    fc.oneof(
      fc.constant(''),
      ...Object.entries(fields).map(([field, pool]) =>
        several(pools, pool).map((values) => `filter: { ${field}: ${values} }`),
      ),
    );
/** One record, as audits are asked about. */
const about =
  (pool: string): Given =>
  (pools) =>
    oneOf(pools, pool).map((id) => `filter: { id: ${text(id)} }`);
const always =
  (given: string): Given =>
  () =>
    fc.constant(given);

/** How fields are asked that need more than a page size; those not named here that need an argument are not asked. */
const given: Readonly<Record<string, readonly Given[]>> = {
  'Query.supportActivity': [by('id', 'activity')],
  'Query.supportActivitiesByCode': [listed('codes', 'activityCode')],
  'Query.supportActivities': [
    filtered({ id: 'activity', unit: 'unit', under: 'unit', campaign: 'campaign' }),
  ],
  'Query.houseProject': [by('id', 'house')],
  'Query.houseProjects': [filtered({ id: 'house', unit: 'unit', under: 'unit' })],
  'Query.award': [by('id', 'award')],
  'Query.awards': [filtered({ unit: 'unit', under: 'unit' })],
  'Query.awardDossier': [by('id', 'dossier'), by('number', 'dossierNumber')],
  'Query.awardDossiers': [
    filtered({ number: 'dossierNumber', unit: 'unit', under: 'unit', proposer: 'unit' }),
  ],
  'Query.campaign': [by('code', 'campaign')],
  'Query.campaignsByCode': [listed('codes', 'campaign')],
  'Query.campaigns': [filtered({ code: 'campaign', under: 'unit' })],
  'Query.searchCampaigns': [by('text', 'campaign'), always('text: "covid"')],
  'Query.contentItem': [by('id', 'contentItem')],
  'Query.contentItemsByAddress': [listed('addresses', 'contentItemAddress')],
  'Query.indicator': [by('id', 'indicator')],
  'Query.progressReport': [by('id', 'report')],
  'Query.article': [by('id', 'article')],
  'Query.campaignAudit': [about('auditedCampaign')],
  'Query.activityAudit': [about('auditedActivity')],
  'Query.awardAudit': [about('auditedAward')],
  'Query.emulationClusters': [always('year: 2021'), always('year: 2022')],
  'Query.unit': [by('code', 'unit')],
  'Query.unitsByCode': [listed('codes', 'unit')],
  'Campaign.participation': [by('unit', 'unit')],
  'Campaign.progressReports': [filtered({ unit: 'unit', under: 'unit' })],
  'Campaign.supportActivities': [filtered({ unit: 'unit', under: 'unit' })],
  'Campaign.completeness': [
    (pools) => oneOf(pools, 'unit').map((unit) => `period: { code: "2021" }, under: "${unit}"`),
  ],
  'SupportActivity.beneficiaries': [always('purpose: "Kiểm tra ngẫu nhiên quyền đọc"')],
};
/** Roots are asked in proportion to what they lead to. */
const roots = Object.keys(given)
  .filter((name) => name.startsWith('Query.'))
  .map((name) => name.slice(6));
const otherRoots = ['unitMergeProposals', 'supportActivityChanges', 'awardChanges', 'campaignChanges'];

/** An arbitrary of operations over a seed. */
export function operations(pools: Pools): fc.Arbitrary<string> {
  const query = typeOf('Query');
  return fc
    .uniqueArray(fc.constantFrom(...roots, ...otherRoots), { minLength: 1, maxLength: MOST_ROOTS })
    .chain((names) => fc.tuple(...names.map((name) => fieldOf(query, name, pools, DEPTH))))
    .map((fields) => `{ ${fields.join(' ')} }`);
}

function typeOf(name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`The schema has no type ${name}.`);
  return type;
}

function fieldOf(parent: GraphQLObjectType, name: string, pools: Pools, depth: number): fc.Arbitrary<string> {
  const field = parent.getFields()[name];
  if (!field) throw new Error(`${parent.name} has no field ${name}.`);
  const args = argumentsOf(parent, field, pools, depth);
  if (isLeafType(getNamedType(field.type))) return args.map((all) => `${name}${all}`);
  return fc.tuple(args, selectionOf(field, pools, depth)).map(([all, inner]) => `${name}${all} { ${inner} }`);
}

function argumentsOf(
  parent: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  pools: Pools,
  depth: number,
): fc.Arbitrary<string> {
  const first = field.args.some((argument) => argument.name === 'first')
    ? [`first: ${parent.name === 'Query' ? 50 : depth > 3 ? 10 : 3}`]
    : [];
  const own = given[`${parent.name}.${field.name}`] ?? [always('')];
  return fc.oneof(...own.map((make) => make(pools))).map((one) => {
    const all = [one, ...first].filter(Boolean);
    return all.length === 0 ? '' : `(${all.join(', ')})`;
  });
}

function selectionOf(
  field: GraphQLField<unknown, unknown>,
  pools: Pools,
  depth: number,
): fc.Arbitrary<string> {
  const type = getNamedType(field.type);
  if (isUnionType(type)) {
    const parts = type
      .getTypes()
      .map((one) => fieldsOf(one, pools, depth - 1).map((inner) => `... on ${one.name} { ${inner} }`));
    return fc.tuple(...parts).map((all) => ['__typename', ...all].join(' '));
  }
  return isObjectType(type) ? fieldsOf(type, pools, depth - 1) : fc.constant('__typename');
}

/** Some of the fields; of a page its rows and its size, of everything else what it is and its id. */
function fieldsOf(type: GraphQLObjectType, pools: Pools, depth: number): fc.Arbitrary<string> {
  const fields = type.getFields();
  if (fields.nodes) {
    const end = ['totalCount', 'pageInfo', 'caughtUp'].filter((name) => name in fields);
    const said = [
      '__typename',
      ...end.map((name) => (name === 'pageInfo' ? 'pageInfo { hasNextPage }' : name)),
    ];
    return fieldOf(type, 'nodes', pools, depth).map((nodes) => [...said, nodes].join(' '));
  }
  const always = ['__typename', ...(fields.id ? ['id'] : [])];
  const open = Object.values(fields).filter((field) => mayAsk(type, field, depth));
  if (open.length === 0) return fc.constant(always.join(' '));
  return fc
    .uniqueArray(fc.constantFrom(...open.map(({ name }) => name)), { minLength: 1, maxLength: MOST_FIELDS })
    .chain((names) => fc.tuple(...names.map((name) => fieldOf(type, name, pools, depth))))
    .map((all) => [...always, ...all].join(' '));
}

function mayAsk(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, depth: number): boolean {
  if (field.name === 'id' || left.has(field.name)) return false;
  if (field.name === 'audit' && auditLeft.has(type.name)) return false;
  const known = `${type.name}.${field.name}` in given;
  if (!known && field.args.some(isRequiredArgument)) return false;
  return depth > 0 || isLeafType(getNamedType(field.type));
}
