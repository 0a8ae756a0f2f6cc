import { readFileSync } from 'node:fs';
import {
  astFromValue,
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  print,
} from 'graphql';
import { roads, samples, samplesByName } from './samples.ts';

/** One document, asked with several sets of variables: planned once. */
export interface Question {
  /** The field asked about, such as Unit.children. */
  readonly name: string;
  readonly query: string;
  readonly variants: readonly Readonly<Record<string, unknown>>[];
}

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));

/**
 * Gives a question for every field of the roads' types that leads to records. It is asked with what it requires, and
 * once more with each further argument, each field of its filter, and each field and direction of its sort.
 */
export function generatedQuestions(): Question[] {
  return Object.entries(roads).flatMap(([name, road]) => {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`The schema has no type ${name}.`);
    return Object.values(type.getFields())
      .filter((field) => isCompositeType(getNamedType(field.type)))
      .map((field) => ({ name: `${name}.${field.name}`, ...questionOf(field, road) }));
  });
}

function questionOf(
  field: GraphQLField<unknown, unknown>,
  road: (inner: string) => string,
): Omit<Question, 'name'> {
  const given = field.args.map(({ name }) => `${name}: $${name}`);
  const inner = `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''} ${selectionOf(field.type)}`;
  const declared = field.args.map(declarationOf);
  const required = Object.fromEntries(
    field.args.filter(isRequiredArgument).map(({ name, type }) => [name, sampleOf(type, name)]),
  );
  const paged = field.args.some(({ name }) => name === 'after') ? { first: 2 } : {};
  return {
    query: `query ${declared.length > 0 ? `(${declared.join(', ')})` : ''} { ${road(inner)} }`,
    variants: [{}, ...field.args.flatMap(variantsOf)].map((variant) => ({
      ...required,
      ...paged,
      ...variant,
    })),
  };
}

function declarationOf({ name, type, defaultValue }: GraphQLArgument): string {
  const otherwise = defaultValue === undefined ? null : astFromValue(defaultValue, type);
  return `$${name}: ${type}${otherwise ? ` = ${print(otherwise)}` : ''}`;
}

/** An argument once; a filter once for each of its fields, a sort for each field in both directions. */
function variantsOf(argument: GraphQLArgument): Record<string, unknown>[] {
  const { name, type } = argument;
  if (isRequiredArgument(argument) || name === 'first' || name === 'after') return [];
  const named = getNamedType(type);
  if (isInputObjectType(named) && name === 'filter') {
    return Object.values(named.getFields())
      .filter((field) => field.name !== 'any' && field.name !== 'not')
      .map((field) => ({
        filter: { [field.name]: sampleOf(field.type, field.name), ...besides[field.name] },
      }));
  }
  if (isInputObjectType(named) && name === 'sort') {
    const by = getNamedType(named.getFields().field?.type);
    if (!isEnumType(by)) throw new Error(`${named.name} sorts by no enum.`);
    return by
      .getValues()
      .flatMap(({ name: field }) => ['ASC', 'DESC'].map((direction) => ({ sort: [{ field, direction }] })));
  }
  return [{ [name]: sampleOf(type, name) }];
}

/** Fields of filters that are read beside others only. */
const besides: Readonly<Record<string, object>> = {
  hierarchy: { under: ['T01.1'] },
  overdueOn: { overdue: true },
};

function sampleOf(type: GraphQLInputType, name: string): unknown {
  const named = getNamedType(type);
  const value = isEnumType(named) ? named.getValues()[0]?.name : (samplesByName[name] ?? samples[named.name]);
  if (value === undefined) throw new Error(`There is no sample of ${named.name}, for ${name}.`);
  return isListType(getNullableType(type)) ? [value] : value;
}

/** Everything of a record that needs no argument and leads nowhere; of a page its rows, its end and its count. */
function selectionOf(type: GraphQLField<unknown, unknown>['type']): string {
  const named = getNamedType(type);
  if (isUnionType(named)) {
    const parts = named.getTypes().map((one) => `... on ${one.name} ${selectionOf(one)}`);
    return `{ __typename ${parts.join(' ')} }`;
  }
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).filter((field) => !field.args.some(isRequiredArgument));
  const chosen = fields.flatMap((field) => {
    if (isLeafType(getNamedType(field.type))) return [field.name];
    return ['nodes', 'pageInfo'].includes(field.name) ? [`${field.name} ${selectionOf(field.type)}`] : [];
  });
  return `{ __typename ${chosen.join(' ')} }`;
}
