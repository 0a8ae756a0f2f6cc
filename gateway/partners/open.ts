import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type GraphQLSchema, validate } from 'graphql';
import type { Config } from '../../server/config.ts';
import type { Log } from '../../server/log.ts';
import type { GraphContext, RequestScope } from '../../server/requestScope.ts';
import type { Viewer } from '../../server/viewer.ts';
import type { Credential } from '../access/identity.ts';
import { isDevelopment } from '../development.ts';
import { chargeOperations } from '../limits/budget.ts';
import type { CostOf } from '../limits/cost.ts';
import type { LimitsOf } from '../limits/enforce.ts';
import { createMeter, type Meter } from '../limits/meter.ts';
import { countedOf, isRate, type Rates } from '../limits/quotas.ts';
import { limitRates } from '../limits/rate.ts';
import { resolveRegistered } from '../limits/registered.ts';
import { tellCaches } from './caching.ts';
import { partnerCredential } from './credential.ts';
import { tellDeprecations } from './deprecation.ts';
import { DESK, servePartners } from './desk.ts';
import { refuseKeysInUrls } from './keyInUrl.ts';
import { limitsOfRequest } from './limits.ts';
import type { Manifest } from './manifest.ts';
import { Partners } from './registry.ts';

export interface OpenPartnersOptions {
  readonly config: Pick<Config, 'partnersDir' | 'rates' | 'redisUrl' | 'host' | 'production'>;
  /** The tags of the contracts that there are. */
  readonly contracts: readonly string[];
  /** What an operation costs. */
  readonly costOf: CostOf;
  /** Where is counted how often somebody asks: in this process, or in Redis, when left out. */
  readonly meter?: Meter | undefined;
  readonly log: Log;
}

type SchemaOf = (contract: string) => GraphQLSchema;

/** What a gateway does for partners, and for everybody's rates: each part stands where its place is on the road of a request. */
export interface OpenPartners {
  readonly credential: Credential;
  /** The contract of a viewer who came with a partner's key; null for everybody else. */
  readonly contractOf: (viewer: Viewer) => string | null;
  /** What one operation of a request may ask. */
  readonly limitsOf: LimitsOf;
  readonly plugins: readonly ApolloServerPlugin<GraphContext>[];
  /** Stands before anybody knows who asks. */
  readonly before: (app: FastifyInstance) => void;
  readonly routes: (app: FastifyInstance, schema: SchemaOf) => void;
  /** Reads all manifests again: the contracts, or what is in them, have changed. */
  readonly goOverTo: (contracts: readonly string[]) => void;
  readonly close: () => void;
}

/** Opens the partners of a directory; they are read now, and again when they change. */
export function openPartners(options: OpenPartnersOptions): OpenPartners {
  const { config, contracts, costOf, log } = options;
  const partners = new Partners({ directory: config.partnersDir, contracts, log });
  const meter = options.meter ?? createMeter({ redisUrl: config.redisUrl, log });
  const rates = ratesOf(config);
  const ofScope = ({ viewer }: RequestScope) => partners.of(viewer);
  const ofRequest = ({ scope }: FastifyRequest) => (scope ? partners.of(scope.viewer) : null);
  const counted = (scope: RequestScope) => countedOf(scope.viewer, scope.address, ofScope(scope), rates);
  const isCounted = (scope: RequestScope) => !isDevelopment(config) || ofScope(scope) !== null;
  return {
    credential: partnerCredential(partners),
    contractOf: (viewer) => partners.of(viewer)?.contract ?? null,
    limitsOf: (scope, { isGuess }) => limitsOfRequest(scope, ofScope(scope), isGuess),
    plugins: [
      tellDeprecations((scope) => noticeOf(scope, ofScope(scope))),
      chargeOperations({
        meter,
        partnerOf: ofScope,
        whoOf: (scope) => (isCounted(scope) ? counted(scope).who : null),
        fields: rates.fields,
        costOf,
      }),
    ],
    before: (app) => refuseKeysInUrls(app, log),
    routes: (app, schema) => {
      limitRates(app, meter, ({ scope, routeOptions }) => {
        const { who, quotas } = counted(scope);
        // To look at what is left takes nothing of the day.
        return { who, quotas: routeOptions.url?.startsWith(DESK) ? quotas.filter(isRate) : quotas };
      });
      resolveRegistered(app, ofRequest);
      tellCaches(app, ofRequest);
      servePartners(app, { partnerOf: ofRequest, schema, meter, costOf });
      partners.watch((manifest) => logInvalid(manifest, schema(manifest.contract), log));
    },
    goOverTo: (changed) => partners.goOverTo(changed),
    close: () => {
      partners.close();
      meter.close();
    },
  };
}

const verifying = new Map([['Query.verifyAward', { count: 30, seconds: 60 }]]);

/** On a developer's machine nobody is in anybody's way, unless a variable says so. */
function ratesOf({ rates, ...config }: Pick<Config, 'rates' | 'host' | 'production'>): Rates {
  const free = isDevelopment(config);
  return {
    people: rates.people ?? (free ? 'off' : { count: 12_000, seconds: 60 }),
    anonymous: rates.anonymous ?? (free ? 'off' : { count: 600, seconds: 60 }),
    fields: rates.fields ?? verifying,
  };
}

const noticeOf = ({ registered }: RequestScope, partner: Manifest | null) =>
  partner?.notices.find(({ operation }) => operation === registered?.id || operation === registered?.name) ??
  null;

/** Writes which registered operations its contract does not answer; /partner/operations.json says so too. */
function logInvalid({ id: partner, operations }: Manifest, schema: GraphQLSchema, log: Log): void {
  for (const { id, name, document } of operations) {
    const errors = validate(schema, document).map(({ message }) => message);
    if (errors.length === 0) continue;
    log.warn({ partner, operation: name ?? id, errors }, 'a registered operation does not fit its contract');
  }
}
