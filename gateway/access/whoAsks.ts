import type { IncomingHttpHeaders } from 'node:http';
import { GraphError } from '../../server/errors.ts';
import { demoViewer, publicViewer, type Role, type Viewer } from '../../server/viewer.ts';

/** The header by which a developer asks as somebody else; it is read in development on a loopback address only. */
export const DEMO_VIEWER_HEADER = 'x-demo-viewer';

const roles: readonly string[] = ['PUBLIC', 'PARTNER', 'OFFICER', 'COMMANDER', 'MINISTRY', 'ADMIN'];
const parts: Readonly<Record<string, RegExp>> = {
  role: new RegExp(`^(${roles.join('|')})$`, 'u'),
  unit: /^\/([\w.]+\/)+$/u,
  scopes: /^[\w:-]+( [\w:-]+)*$/u,
  policies: /^[\w:-]+( [\w:-]+)*$/u,
  name: /^[\w.-]{1,64}$/u,
};

/**
 * Says who asks without credentials: in development on this machine the demo ministry, or whoever the header names
 * (`role=OFFICER; unit=/BCA/T01.1/; name=an; scopes=award:decide`); everywhere else the public.
 * Throws UNAUTHENTICATED for a header that cannot be understood: a wrong one must not become somebody with more rights.
 */
export function whoAsks(headers: IncomingHttpHeaders, development: boolean): Viewer {
  const locale = localeOf(headers['accept-language']);
  if (!development) return { ...publicViewer, locale };
  const named = headers[DEMO_VIEWER_HEADER];
  return { ...(named === undefined ? demoViewer : demoViewerOf(String(named))), locale };
}

function demoViewerOf(header: string): Viewer {
  const given = new Map(
    header.split(';').map((part) => {
      const [name = '', value = ''] = part.trim().split('=');
      if (!parts[name]?.test(value)) throw notUnderstood(part.trim());
      return [name, value] as const;
    }),
  );
  const role = given.get('role');
  if (!role) throw notUnderstood('role is missing');
  const unitPath = given.get('unit') ?? null;
  const policies = given.get('policies');
  return {
    subject: `demo:${given.get('name') ?? `${role}${unitPath ?? ''}`}`,
    role: role as Role,
    unitPath,
    scopes: given.get('scopes')?.split(' ') ?? [],
    ...(policies ? { policies: policies.split(' ') } : {}),
    locale: 'VI',
  };
}

const notUnderstood = (what: string): GraphError =>
  new GraphError(
    'UNAUTHENTICATED',
    `${DEMO_VIEWER_HEADER} takes role=${roles.join('|')}, and may take unit=/BCA/T01.1/, name=…, scopes=… and policies=… (parted by blanks), with semicolons between them; not understood: ${what}`,
  );

/** The first language of the list that this graph speaks; Vietnamese where it names none (RFC 9110, 12.5.4). */
function localeOf(header: string | undefined): Viewer['locale'] {
  const ranked = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...options] = part.trim().toLowerCase().split(';');
      const q = options.map((option) => /^\s*q=([\d.]+)$/u.exec(option)?.[1]).find(Boolean);
      return { tag: tag.split('-')[0] ?? '', weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag, weight }) => (tag === 'vi' || tag === 'en') && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return ranked[0]?.tag === 'en' ? 'EN' : 'VI';
}
