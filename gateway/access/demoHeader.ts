import { GraphError } from '../../server/errors.ts';
import { publicViewer, type Role, roles, type Viewer } from '../../server/viewer.ts';
import type { Credential } from './identity.ts';
import { UNIT_PATH } from './tokens/claims.ts';

/** The header by which a developer asks as somebody else; it is read in development on a loopback address only. */
export const DEMO_VIEWER_HEADER = 'x-demo-viewer';

const parts: Readonly<Record<string, RegExp>> = {
  role: new RegExp(`^(${roles.join('|')})$`, 'u'),
  unit: UNIT_PATH,
  scopes: /^[\w:-]+( [\w:-]+)*$/u,
  policies: /^[\w:-]+( [\w:-]+)*$/u,
  name: /^[\w.-]{1,64}$/u,
};

/**
 * The credential of development on this machine: whoever the header names (`role=OFFICER; unit=/BCA/T01.1/; name=an;
 * scopes=award:decide`).
 * Throws UNAUTHENTICATED for a header that cannot be understood: a wrong one must not become somebody with more rights.
 */
export const demoHeader: Credential = ({ headers }) => {
  const named = headers[DEMO_VIEWER_HEADER];
  return named === undefined ? null : demoViewerOf(String(named));
};

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
  const policies = given.get('policies')?.split(' ');
  return {
    subject: `demo:${given.get('name') ?? `${role}${unitPath ?? ''}`}`,
    role: role as Role,
    unitPath,
    scopes: given.get('scopes')?.split(' ') ?? [],
    ...(policies && { policies }),
    locale: publicViewer.locale,
  };
}

const notUnderstood = (what: string): GraphError =>
  new GraphError(
    'UNAUTHENTICATED',
    `${DEMO_VIEWER_HEADER} takes role=${roles.join('|')}, and may take unit=/BCA/T01.1/, name=…, scopes=… and policies=… (parted by blanks), with semicolons between them; not understood: ${what}`,
  );
