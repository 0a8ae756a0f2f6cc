import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../../server/config.ts';
import type { Environment } from '../../server/secretFiles.ts';
import { StartError } from '../../server/startError.ts';
import { demoViewer } from '../../server/viewer.ts';
import { tokenRoles } from '../access/tokens/claims.ts';
import { localKey } from '../access/tokens/localKey.ts';
import { tokenSettings } from '../access/tokens/settings.ts';
import { mint } from './mint.ts';
import { unitPathOf } from './unitPath.ts';

const usage = `npm run token -- --role ${tokenRoles.join('|')} --unit T01.1|/BCA/T01.1/ [--scopes a,b] [--policies a,b] [--subject name] [--expires 8h] [--gateway http://127.0.0.1:4000]`;
const DURATION = /^[1-9]\d{0,5}[smhd]$/u;

/**
 * Prints a token that gateways of this machine accept in development, signed with the key in DATA_DIR/keys, and on a
 * terminal how it is sent. The path of a unit that is given by its code is asked of a running gateway.
 * @throws StartError in production, with JWKS set, and when the arguments are not right.
 */
export async function printToken(args: readonly string[], env: Environment, terminal = false): Promise<void> {
  const token = await tokenFor(args, readConfig(env, { terminal }));
  process.stdout.write(`${token}\n`);
  if (terminal) process.stderr.write('\nSend it as the header  Authorization: Bearer <token>\n');
}

/** Makes the token that the arguments ask for. @throws StartError as {@link printToken} does. */
export async function tokenFor(args: readonly string[], config: Config): Promise<string> {
  refuseWhereOthersMake(config);
  const { role, unit, scopes, policies, subject, expires, gateway } = argumentsOf(args);
  const { trust } = tokenSettings(config);
  const top = role === demoViewer.role ? demoViewer.unitPath : null;
  const wanted = {
    subject: subject ?? `dev-${role?.toLowerCase()}`,
    role: role ?? '',
    unitPath: unit ? await unitPathOf(unit, gateway ?? `http://127.0.0.1:${config.port ?? 4000}`) : top,
    scopes: listOf(scopes),
    policies: listOf(policies),
    expiresIn: expires ?? '8h',
  };
  return mint(wanted, localKey(config), trust).catch((cause: Error) => {
    throw new StartError(`${cause.message}\n${usage}`, { cause });
  });
}

function refuseWhereOthersMake({ production, jwks }: Config): void {
  if (!production && !jwks) return;
  const why = production ? 'In production' : 'With JWKS set';
  throw new StartError(`${why}, tokens come from the issuer (JWT_ISSUER); none is made here.`);
}

function argumentsOf(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    role: text,
    unit: text,
    scopes: text,
    policies: text,
    subject: text,
    expires: text,
    gateway: text,
  };
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (!values.role) throw new Error('--role is missing.');
    if (values.expires && !DURATION.test(values.expires))
      throw new Error('--expires takes 30s, 15m, 8h or 1d.');
    return values;
  } catch (cause) {
    throw new StartError(`${(cause as Error).message}\n${usage}`, { cause });
  }
}

const listOf = (text: string | undefined): string[] => text?.split(',').filter(Boolean) ?? [];
