import { type ErrorParams, GraphError } from '../errors.ts';
import type { Viewer } from '../viewer.ts';
import { holds } from './grants.ts';

/**
 * What a field or type asks of the viewer (Federation specification: `@authenticated`, `@requiresScopes`, `@policy`).
 * The outer lists are alternatives, the inner ones hold together. All that is given must be met.
 */
export interface Rule {
  readonly authenticated?: true | undefined;
  readonly requiresScopes?: readonly (readonly string[])[] | undefined;
  readonly policy?: readonly (readonly string[])[] | undefined;
}

/** Rules by schema coordinate: `Type` or `Type.field`. */
export type AccessRules = Readonly<Record<string, Rule>>;

export const noRules: AccessRules = {};

/** Whether the viewer meets a rule. */
export function meets(viewer: Viewer, { authenticated, requiresScopes, policy }: Rule): boolean {
  if (authenticated && viewer.role === 'PUBLIC') return false;
  const one = (alternatives: readonly (readonly string[])[] | undefined, has: (name: string) => boolean) =>
    alternatives === undefined || alternatives.some((names) => names.every(has));
  return (
    one(requiresScopes, (scope) => holds(viewer, scope)) &&
    one(policy, (name) => viewer.policies?.includes(name) ?? false)
  );
}

/**
 * Why a field is null that the viewer may not read; the code and the words are Apollo Router's. The params say what the
 * first rule asks for that the viewer does not meet.
 */
export function unauthorized(viewer: Viewer | undefined, rules: readonly Rule[]): GraphError {
  const unmet = rules.find((rule) => !viewer || !meets(viewer, rule));
  return new GraphError('UNAUTHORIZED_FIELD_OR_TYPE', 'Unauthorized field or type', {
    params: unmet ? askedBy(unmet) : {},
  });
}

/** Each string of a list is one alternative; names that hold together stand in it, parted by blanks. */
const askedBy = ({ authenticated, requiresScopes, policy }: Rule): ErrorParams => ({
  ...(authenticated && { account: true }),
  ...(requiresScopes && { scopes: requiresScopes.map((names) => names.join(' ')) }),
  ...(policy && { policies: policy.map((names) => names.join(' ')) }),
});
