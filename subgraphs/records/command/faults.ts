import { localized } from '../localized.ts';
import type { Outcomes, Params } from './outcomes.ts';

/** One thing that stands in a command's way. `path` leads to the input field that it is about: `['input', 'endsOn']`. */
export interface Fault {
  readonly code: string;
  readonly severity: 'ERROR' | 'WARNING';
  readonly path: readonly string[];
  readonly params: Params;
}

/** What a command may say of a fault beside its code. */
export interface FaultDetails {
  readonly path?: readonly (string | number)[];
  readonly params?: Params;
  /** Where a code is a warning in one case and an error in another (DUPLICATE_SUPPORT of houses). */
  readonly severity?: Fault['severity'];
}

/** Ends a command before anything is written; its transaction is rolled back and the faults become `userErrors`. */
export class Refusal extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ code }) => code).join(', '));
    this.name = 'Refusal';
    this.faults = faults;
  }
}

/**
 * Collects what stands in a command's way, so that a client hears of all of it at once. Warnings whose code is
 * acknowledged do not count.
 */
export class Faults {
  readonly #outcomes: Outcomes;
  readonly #acknowledged: ReadonlySet<string>;
  readonly #found: Fault[] = [];

  constructor(outcomes: Outcomes, acknowledged: readonly string[]) {
    this.#outcomes = outcomes;
    this.#acknowledged = new Set(acknowledged);
  }

  /** Notes a fault; its code must stand in the subgraph's list of outcomes. */
  add(code: string, details: FaultDetails = {}): void {
    const outcome = this.#outcomes[code];
    if (!outcome) throw new Error(`${code} is no outcome of this subgraph.`);
    const severity = details.severity ?? outcome.severity ?? 'ERROR';
    if (severity === 'WARNING' && this.#acknowledged.has(code)) return;
    this.#found.push({
      code,
      severity,
      path: (details.path ?? []).map(String),
      params: details.params ?? {},
    });
  }

  /** Throws a {@link Refusal} when anything was found. */
  check(): void {
    if (this.#found.length > 0) throw new Refusal([...this.#found]);
  }

  /** Notes a fault and throws at once, for what makes every further check pointless. */
  refuse(code: string, details?: FaultDetails): never {
    this.add(code, { ...details, severity: 'ERROR' });
    throw new Refusal([...this.#found]);
  }
}

/** A `UserError` of the graph. */
export interface UserErrorRecord {
  readonly code: string;
  readonly severity: Fault['severity'];
  readonly path: readonly string[];
  readonly message: string;
  readonly text: { readonly vi: string; readonly en: string };
  readonly params: readonly { readonly name: string; readonly value: string }[];
}

/** Gives the faults as a client sees them, with the message in its language. */
export const userErrorsOf = (
  faults: readonly Fault[],
  outcomes: Outcomes,
  locale: 'VI' | 'EN',
): UserErrorRecord[] =>
  faults.map(({ code, severity, path, params }) => {
    const text = outcomes[code]?.text(params) ?? { vi: code, en: code };
    return { code, severity, path, message: localized(text, locale), text, params: shown(params) };
  });

/** Texts that came as parameters are the message itself. */
const shown = (params: Params) =>
  Object.entries(params)
    .filter(([name]) => name !== 'vi' && name !== 'en')
    .map(([name, value]) => ({ name, value: String(value) }));
