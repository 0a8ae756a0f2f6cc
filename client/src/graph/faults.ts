import type { CombinedError } from '@urql/core';

/** One thing that went wrong with an answer. */
export interface Fault {
  /** A code of docs/errors.md, or NETWORK where no answer came. */
  readonly code: string;
  /** The field that is null for it, without places in lists: `campaign.completeness.nodes.unit`; empty for the whole. */
  readonly at: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly requestId: string | null;
}

interface Extensions {
  readonly code?: string;
  readonly retryable?: boolean;
  readonly requestId?: string;
}

/** Gives what went wrong with an answer, each field and code once, however many rows it met. */
export function faultsOf(
  error: Partial<Pick<CombinedError, 'graphQLErrors' | 'networkError'>> | undefined,
): Fault[] {
  if (!error) return [];
  if (error.networkError) {
    const { message } = error.networkError;
    return [{ code: 'NETWORK', at: '', message, retryable: true, requestId: null }];
  }
  const faults = (error.graphQLErrors ?? []).map(({ message, path = [], extensions }): Fault => {
    const { code = 'INTERNAL_SERVER_ERROR', retryable = false, requestId = null } = extensions as Extensions;
    const at = path.filter((step) => typeof step === 'string').join('.');
    return { code, at, message, retryable, requestId };
  });
  return [...new Map(faults.map((fault) => [`${fault.at} ${fault.code}`, fault])).values()];
}

/** Gives the faults of a field and of what lies in it: what is missing in a value that is there. */
export const faultsIn = (faults: readonly Fault[], at: string): readonly Fault[] =>
  faults.filter((fault) => fault.at === at || fault.at.startsWith(`${at}.`));

/**
 * Gives why a field is not there: its faults, and those of what it belongs to. A subgraph that is down is one fault of the
 * record, `campaign`, whose fields came from there, and says nothing of its other fields.
 */
export const faultsAt = (faults: readonly Fault[], at: string): readonly Fault[] =>
  faults.filter((fault) => at.startsWith(`${fault.at}.`) || faultsIn([fault], at).length > 0);

/** Gives why a field is null: its own faults, else those that name no field at all. */
export function causesOf(faults: readonly Fault[], at: string): readonly Fault[] {
  const own = faultsAt(faults, at);
  return own.length > 0 ? own : faults.filter((fault) => fault.at === '');
}

const forbidden = new Set(['UNAUTHORIZED_FIELD_OR_TYPE', 'FORBIDDEN', 'OUT_OF_SUBTREE']);

/** Whether the asker may not see it: then there is nothing to wait for, and nothing is drawn (docs/partial-data.md). */
export const isForbidden = ({ code }: Fault): boolean => forbidden.has(code);
