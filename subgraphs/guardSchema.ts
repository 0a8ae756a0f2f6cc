import {
  type DocumentNode,
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import { accessRulesOf } from '../schema/access.ts';
import { type AccessRules, meets, type Rule, unauthorized } from '../server/access/rules.ts';
import type { Viewer } from '../server/viewer.ts';

const viewers = new WeakMap<object, Viewer>();

/** Says who asks with a context; {@link guardSchema} refuses whoever is not known. */
export const setViewer = (context: object, viewer: Viewer): void => {
  viewers.set(context, viewer);
};

/**
 * Makes a subgraph hold the rules of its own SDL once more, whatever the gateway has let through: a field that the viewer
 * may not select throws UNAUTHORIZED_FIELD_OR_TYPE, and its resolver is not called. Fields without a rule cost nothing.
 */
export function guardSchema(schema: GraphQLSchema, sdl: DocumentNode): void {
  const rules = accessRulesOf(sdl);
  if (Object.keys(rules).length === 0) return;
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const ofField = rulesOf(rules, type.name, field);
      if (ofField.length > 0) guardField(field, ofField);
    }
  }
}

const rulesOf = (rules: AccessRules, type: string, field: GraphQLField<unknown, unknown>): Rule[] =>
  [type, `${type}.${field.name}`, getNamedType(field.type).name].flatMap((name) => rules[name] ?? []);

function guardField(field: GraphQLField<unknown, unknown>, rules: readonly Rule[]): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    const viewer = viewers.get(context as object);
    if (!viewer || !rules.every((rule) => meets(viewer, rule))) throw unauthorized(viewer, rules);
    return resolve(source, args, context, info);
  };
}
