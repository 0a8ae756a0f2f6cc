import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AuditFact, AuditLog } from '../../server/auditLog.ts';
import type { Log } from '../../server/log.ts';

/** The codes by which somebody is told that something is not for them: each stands in the audit log. */
const audited: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'OUT_OF_SUBTREE',
  'UNAUTHORIZED_FIELD_OR_TYPE',
  'RATE_LIMITED',
  'KEY_IN_URL',
  'OPERATION_NOT_REGISTERED',
]);

/** What was too much has a code for each limit (docs/limits.md). */
const isAudited = (code: string): boolean => audited.has(code) || code.endsWith('_EXCEEDED');

// A document's own names only: what a client sends for a name may be any text, a person's name too.
const NAME = /^[_A-Za-z]\w{0,99}$/u;

/**
 * Adds a line to the audit log for each request that was refused in whole or in part, before its answer leaves: codes,
 * account, request id, the operation's name; never variables, and nothing of an answer. A log that cannot be written
 * hinders no answer, which tells nobody anything: that is an error of its own in the log of the process.
 */
export function auditRefusals(app: FastifyInstance, audit: Pick<AuditLog, 'append'>, log: Log): void {
  app.addHook('onSend', async (request) => {
    const fact = refusalOf(request);
    if (!fact) return;
    try {
      audit.append(fact);
    } catch (error) {
      log.error({ requestId: request.id, codes: fact.what, error }, 'a refusal could not be audited');
    }
  });
}

function refusalOf({ id, scope, refusedWith }: FastifyRequest): AuditFact | null {
  const met = [...(scope?.outcome.codes ?? []), ...(refusedWith ? [refusedWith] : [])];
  const codes = [...new Set(met)].filter(isAudited);
  if (codes.length === 0) return null;
  const operation = scope?.outcome.operationName;
  return {
    kind: 'REFUSAL',
    what: codes.join(' '),
    subject: scope?.viewer.subject ?? null,
    requestId: id,
    ...(operation && NAME.test(operation) ? { details: { operation } } : {}),
  };
}
