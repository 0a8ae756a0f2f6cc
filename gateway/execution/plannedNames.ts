import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  parse,
  type StringValueNode,
  visit,
} from 'graphql';

/**
 * Says under which name a field is planned and fetched. Apollo's planner asks for keys and for what fields require under
 * their own names, and where the client has given such a name to something else it drops one of the two, so that the answer
 * holds the wrong one. There the client's field goes by another name until the answer is made.
 */
export interface PlannedNames {
  /** Gives the name of a field on its way. */
  readonly of: (field: FieldNode) => string;
}

/** How names on their way begin; what the client calls so itself gets it once more. */
const PREFIX = '_as_';

/** Gives back the name that the client knows. */
export const askedName = (name: string): string =>
  name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;

/** Reads off a supergraph which names its plans need (the join spec, `key` and `requires`). */
export function plannedNames(supergraph: DocumentNode): PlannedNames {
  const needed = new Set(['__typename']);
  const neededWithArguments = new Set<string>();
  for (const field of fieldsOfReferences(supergraph)) {
    needed.add(field.name.value);
    if (field.arguments?.length) neededWithArguments.add(field.name.value);
  }
  const isTaken = (key: string, { name, arguments: given = [] }: FieldNode): boolean =>
    needed.has(key) && (name.value !== key || given.length > 0 || neededWithArguments.has(key));
  return {
    of: (field) => {
      const key = (field.alias ?? field.name).value;
      return key.startsWith(PREFIX) || isTaken(key, field) ? `${PREFIX}${key}` : key;
    },
  };
}

function fieldsOfReferences(supergraph: DocumentNode): FieldNode[] {
  const found: FieldNode[] = [];
  for (const text of new Set(referencesIn(supergraph))) {
    visit(parse(`{ ${text} }`, { noLocation: true }), {
      Field: {
        enter: (field) => {
          found.push(field);
        },
      },
    });
  }
  return found;
}

function referencesIn(supergraph: DocumentNode): string[] {
  const found: string[] = [];
  const read = ({ name, arguments: given = [] }: ConstDirectiveNode) => {
    if (name.value !== 'join__type' && name.value !== 'join__field') return;
    for (const argument of given)
      if (
        (argument.name.value === 'key' || argument.name.value === 'requires') &&
        argument.value.kind === Kind.STRING
      )
        found.push((argument.value as StringValueNode).value);
  };
  visit(supergraph, { Directive: { enter: (node) => read(node as ConstDirectiveNode) } });
  return found;
}
