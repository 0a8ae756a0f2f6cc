import { createHmac, timingSafeEqual } from 'node:crypto';
import { Recent } from './recent.ts';

/** The roles of DOMAIN §5.9, from the least to the most; what each may do is decided where it is asked. */
export const roles = ['PUBLIC', 'PARTNER', 'OFFICER', 'COMMANDER', 'MINISTRY', 'ADMIN'] as const;
export type Role = (typeof roles)[number];
type Locale = 'VI' | 'EN';

/** Who is asking, as gateway and subgraphs see it. `unitPath` is the top of the viewer's subtree, null outside every unit. */
export interface Viewer {
  readonly subject: string;
  readonly role: Role;
  readonly unitPath: string | null;
  /** What the token or the partner's manifest names; `access/grants.ts` says what the role adds. */
  readonly scopes: readonly string[];
  /** The policies that the token says are met (`@policy`). */
  readonly policies?: readonly string[];
  readonly locale: Locale;
}

/** Anyone: sees what is published, and small cells suppressed. */
export const publicViewer: Viewer = {
  subject: 'public',
  role: 'PUBLIC',
  unitPath: null,
  scopes: [],
  locale: 'VI',
};

/**
 * The dashboard of the ministry that a request without credentials is in development on a loopback address.
 * It exists from the first version, so that access rules to come change no answer of the README.
 */
export const demoViewer: Viewer = {
  subject: 'demo-ministry',
  role: 'MINISTRY',
  unitPath: '/BCA/',
  scopes: [],
  locale: 'VI',
};

/** How long a signed viewer may travel from gateway to subgraph, in milliseconds. */
const VIEWER_LIFE_MS = 30_000;
const SIGNED_FOR_MS = 5_000;
/** How many signed headers a subgraph remembers: of so many askers in half a minute. */
const REMEMBERED = 10_000;
export const VIEWER_HEADER = 'x-viewer';

const mac = (key: string, payload: string): Buffer => createHmac('sha256', key).update(payload).digest();

/** Gives the header `payload.signature`: base64url JSON of the viewer with its expiry, and its HMAC-SHA-256. */
export function signViewer(viewer: Viewer, key: string, nowMs: number): string {
  const payload = Buffer.from(JSON.stringify({ ...viewer, exp: nowMs + VIEWER_LIFE_MS })).toString(
    'base64url',
  );
  return `${payload}.${mac(key, payload).toString('base64url')}`;
}

/**
 * Signs viewers, each object once in a while and not for each request: a header is used for five seconds and is good for
 * the rest of its life after that.
 */
export function viewerSigner(key: string, now: () => number = Date.now): (viewer: Viewer) => string {
  const signed = new WeakMap<Viewer, { readonly header: string; readonly until: number }>();
  return (viewer) => {
    const nowMs = now();
    const known = signed.get(viewer);
    if (known && known.until > nowMs) return known.header;
    const header = signViewer(viewer, key, nowMs);
    signed.set(viewer, { header, until: nowMs + SIGNED_FOR_MS });
    return header;
  };
}

/**
 * Reads signed viewers as {@link readViewer} does, and remembers those that were right until they are too old.
 */
export function viewerReader(
  key: string,
  now: () => number = Date.now,
): (header: string | undefined) => Viewer | null {
  const known = new Recent<{ readonly viewer: Viewer; readonly exp: number }>(REMEMBERED);
  return (header) => {
    if (header === undefined) return null;
    const nowMs = now();
    const remembered = known.get(header);
    if (remembered) return remembered.exp > nowMs ? remembered.viewer : null;
    const read = readSigned(header, key, nowMs);
    if (read) known.set(header, read);
    return read?.viewer ?? null;
  };
}

/**
 * Gives the viewer of a signed header, or null when it is missing, altered, made with another key, too old, or no viewer:
 * whatever it is, nothing is thrown.
 */
export const readViewer = (header: string | undefined, key: string, nowMs: number): Viewer | null =>
  readSigned(header, key, nowMs)?.viewer ?? null;

function readSigned(header: string | undefined, key: string, nowMs: number) {
  const [payload, signature, ...rest] = header?.split('.') ?? [];
  if (!payload || !signature || rest.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const expected = mac(key, payload);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const { exp, ...viewer } = parsed(payload) ?? {};
  return typeof exp === 'number' && exp > nowMs && isViewer(viewer) ? { viewer, exp } : null;
}

/** Who holds the key may still be another program than this one, or another version of it. */
function parsed(payload: string): Record<string, unknown> | null {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString());
  } catch {
    return null;
  }
}

const isViewer = (value: Partial<Record<keyof Viewer, unknown>>): value is Viewer & Record<string, unknown> =>
  typeof value.subject === 'string' &&
  typeof value.role === 'string' &&
  (value.unitPath === null || typeof value.unitPath === 'string') &&
  Array.isArray(value.scopes) &&
  (value.policies === undefined || Array.isArray(value.policies)) &&
  (value.locale === 'VI' || value.locale === 'EN');
