import { randomBytes } from 'node:crypto';
import { tokenSettings } from '../../gateway/access/tokens/settings.ts';
import { tokenFor } from '../../gateway/token/printToken.ts';
import { readConfig } from '../../server/config.ts';
import { demoViewer, signViewer, VIEWER_HEADER } from '../../server/viewer.ts';

/** What the compared programs run with. graphql-js checks more outside of production, so that all of them run there. */
export interface Production {
  /** The environment of programs of ours. */
  readonly environment: Readonly<Record<string, string>>;
  /** What a client of our gateway sends: a token of the ministry. */
  readonly credential: Readonly<Record<string, string>>;
  /** What a gateway that knows no tokens sends to the subgraphs: the same viewer, signed for a day and not for 30 seconds. */
  readonly viewer: Readonly<Record<string, string>>;
}

const DAY_MS = 86_400_000;

/** Makes the keys of a production of a day, some of them in DATA_DIR. */
export async function productionIn(dataDir: string): Promise<Production> {
  const config = readConfig({ DATA_DIR: dataDir });
  const { jwks, trust } = tokenSettings(config);
  const viewerKey = randomBytes(32).toString('base64url');
  return {
    environment: {
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      DASHBOARD: 'off',
      SEED: 'none',
      VIEWER_KEY: viewerKey,
      // Nothing personal is asked.
      PII_KEY: `bench:${randomBytes(32).toString('base64')}`,
      JWKS: jwks,
      JWT_ISSUER: trust.issuer,
      JWT_AUDIENCE: trust.audience,
      // One account asks as fast as it can, which nobody may in production.
      RATE_PEOPLE: 'off',
    },
    credential: {
      authorization: `Bearer ${await tokenFor(['--role', demoViewer.role, '--expires', '1d'], config)}`,
    },
    viewer: { [VIEWER_HEADER]: signViewer(demoViewer, viewerKey, Date.now() + DAY_MS) },
  };
}
