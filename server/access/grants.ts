import type { Role, Viewer } from '../viewer.ts';

/**
 * Who may do what, and how far: the matrix of DOMAIN §5.9 as one table. The rows are the scopes that the SDL names in
 * `@requiresScopes`, the columns the roles, and a cell says how far the role reaches. What is published (campaigns,
 * units, counts, decided awards) has no row: it is everybody's.
 */

/** `OWN`: the viewer's unit alone; `SUBTREE`: it and all under it; `ALL`: every unit; `NONE`: nothing. */
export type Reach = 'NONE' | 'OWN' | 'SUBTREE' | 'ALL';

export interface Grant {
  readonly reach: Reach;
  /** Whether the role alone is enough; otherwise the token or the partner's manifest must name the scope. */
  readonly by: 'ROLE' | 'TOKEN';
}

const own: Grant = { reach: 'OWN', by: 'ROLE' };
const subtree: Grant = { reach: 'SUBTREE', by: 'ROLE' };
const all: Grant = { reach: 'ALL', by: 'ROLE' };
const named: Grant = { reach: 'ALL', by: 'TOKEN' };

const units = { OFFICER: own, COMMANDER: subtree } as const;
const police = { OFFICER: all, COMMANDER: all, MINISTRY: all } as const;

export const grants = {
  /** Campaigns before they are published, and their archived ones. */
  'drafts:read': { OFFICER: own, COMMANDER: subtree, MINISTRY: all },
  'drafts:write': { OFFICER: own },
  'drafts:approve': { COMMANDER: subtree },
  /** What is published about a campaign, what is aimed at in it, and who takes part. */
  'articles:write': units,
  'targets:write': units,
  'participations:write': units,
  /** Clusters of peers, and what their members give each other. */
  'clusters:write': { COMMANDER: subtree },
  /** Reports, how complete they are, and what members of a cluster gave each other. */
  'reports:read': { OFFICER: own, COMMANDER: subtree, MINISTRY: all },
  'reports:write': { OFFICER: own },
  'reports:approve': { COMMANDER: subtree },
  /** Closing the reports of a period for good. */
  'reports:lock': { COMMANDER: subtree, MINISTRY: all },
  /** Single activities and houses; counts of them are everybody's. */
  'activities:read': { OFFICER: own, COMMANDER: subtree, MINISTRY: all },
  'activities:write': { OFFICER: own },
  'activities:approve': { COMMANDER: subtree },
  /** What was handed over; a commander writes it where help given twice is overridden (DOMAIN §5.6). */
  'deliveries:write': { OFFICER: own, COMMANDER: own },
  /** Rows of households; the commander writes them for the same reason. */
  'people:read': { OFFICER: own, COMMANDER: own },
  'people:write': { OFFICER: own, COMMANDER: own },
  /** Keys of personal data and the end of a campaign's; the policy `data-protection` must be met beside. */
  'people:protect': { ADMIN: all },
  'dossiers:read': { OFFICER: own, COMMANDER: subtree, MINISTRY: all },
  'dossiers:write': { OFFICER: own },
  /** The review of the proposing unit itself. */
  'dossiers:review': { COMMANDER: subtree },
  /** Every step from the appraisal to the decision, and back. */
  'dossiers:approve': { COMMANDER: subtree, MINISTRY: all },
  'award:decide': { COMMANDER: subtree, MINISTRY: named },
  /** Who the persons are that were commended; everybody else reads those who consented. */
  'honoured:read': { OFFICER: subtree, COMMANDER: subtree, MINISTRY: all },
  'awards:verify': { PARTNER: named, ...police, ADMIN: all },
  /** Rows of sums for other systems. */
  'export:read': { PARTNER: named, ...police },
  'units:propose': { MINISTRY: all, ADMIN: all },
  'units:write': { ADMIN: all },
  'audit:read': { OFFICER: own, COMMANDER: subtree, MINISTRY: all, ADMIN: all },
  /** What answering costs: plan, fetches, MongoDB commands without a value of theirs. */
  'explain:read': { COMMANDER: all, MINISTRY: all, ADMIN: all },
} as const satisfies Record<string, Partial<Record<Role, Grant>>>;

export type Scope = keyof typeof grants;

type Asker = Pick<Viewer, 'role' | 'scopes'>;

const grantOf = (scope: string, role: Role): Grant | undefined =>
  (grants as Record<string, Partial<Record<Role, Grant>>>)[scope]?.[role];

/**
 * Whether the viewer holds a scope. A scope of the table is held by the roles that it has a cell for, and by no other,
 * whatever a token says: an administrator never reads rows of persons. A scope that the table does not know is held
 * when the token names it.
 */
export function holds({ role, scopes }: Asker, scope: string): boolean {
  if (!(scope in grants)) return scopes.includes(scope);
  const grant = grantOf(scope, role);
  return grant !== undefined && (grant.by === 'ROLE' || scopes.includes(scope));
}

/** How far the viewer reaches in a scope. */
export const reachOf = (viewer: Asker, scope: Scope): Reach =>
  holds(viewer, scope) ? (grantOf(scope, viewer.role)?.reach ?? 'NONE') : 'NONE';

/** Every scope that the viewer holds, in the order of the table. */
export const scopesOf = (viewer: Asker): string[] =>
  [...new Set([...Object.keys(grants), ...viewer.scopes])].filter((scope) => holds(viewer, scope));
