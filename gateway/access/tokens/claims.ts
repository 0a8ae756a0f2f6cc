import { z } from 'zod';
import { publicViewer, type Viewer } from '../../../server/viewer.ts';
import { invalidToken } from './refusals.ts';

/** The roles that tokens are made for. Partners have keys, and the public has no credentials. */
export const tokenRoles = ['OFFICER', 'COMMANDER', 'MINISTRY', 'ADMIN'] as const;

/** A path of the unit tree: `/BCA/T01.1/`. */
export const UNIT_PATH = /^\/([\w.]+\/)+$/u;

const placed: readonly string[] = ['OFFICER', 'COMMANDER'];
const name = z.string().regex(/^[\w:.-]{1,100}$/u);
const text = z.string().transform((list) => list.split(' ').filter(Boolean));
const names = z.union([z.array(z.string()), text]).pipe(z.array(name).max(100));

/** What a token has to say (DOMAIN §5.9). Other claims are not looked at. */
const claims = z
  .object({
    // Some names this graph gives to others than persons and dashboards.
    sub: z.string().regex(/^(?!(partner|subgraph|demo):)[^\p{C}\p{Z}]{1,255}$/u),
    role: z.enum(tokenRoles),
    unitPath: z.string().regex(UNIT_PATH).nullish(),
    // OAuth's `scope` is a text (RFC 8693, 4.2); issuers that write a list call it `scopes`.
    scopes: names.optional(),
    scope: names.optional(),
    policies: names.optional(),
  })
  .refine(({ role, unitPath }) => unitPath || !placed.includes(role), { path: ['unitPath'] });

const list = 'is a list of names, or a text of names parted by blanks';

/** What would be right. */
const right: Readonly<Record<string, string>> = {
  sub: 'sub should name the account in up to 255 characters without blanks, and not as partner:, subgraph: or demo:',
  role: `role should be one of ${tokenRoles.join(', ')}`,
  unitPath:
    'unitPath should be a path of the unit tree, such as /BCA/T01.1/; officers and commanders need one',
  scopes: `scopes ${list}`,
  scope: `scope ${list}`,
  policies: `policies ${list}`,
};

/**
 * Gives the viewer that the claims of a verified token name; the language is not theirs to say.
 * @throws GraphError UNAUTHENTICATED when a claim is missing or of no use; it says what would be right.
 */
export function viewerOf(payload: Readonly<Record<string, unknown>>): Viewer {
  if (payload.role === 'PARTNER') throw invalidToken('partners ask with their API key, not with a token');
  const read = claims.safeParse(payload);
  if (!read.success)
    throw invalidToken(right[String(read.error.issues[0]?.path[0])] ?? 'its claims are none');
  const { sub, role, unitPath, scopes = [], scope = [], policies } = read.data;
  return {
    subject: sub,
    role,
    unitPath: unitPath ?? null,
    scopes: [...new Set([...scopes, ...scope])],
    ...(policies ? { policies } : {}),
    locale: publicViewer.locale,
  };
}
