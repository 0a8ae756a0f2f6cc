import { isPhaseCode } from '../../../schema/scalars/period.ts';
import type { PeriodInput } from '../../records/periodInput.ts';

/** A filter as it comes in: fields, and more filters under `any` and `not`. */
interface Nested {
  readonly any?: readonly Nested[] | null;
  readonly not?: Nested | null;
}

/** Gives a filter and every filter inside it. */
function* parts(filter: Nested | null | undefined): Generator<Readonly<Record<string, unknown>>> {
  if (!filter) return;
  yield filter as Readonly<Record<string, unknown>>;
  for (const child of filter.any ?? []) yield* parts(child);
  yield* parts(filter.not);
}

/** Gives the codes in the named lists anywhere in a filter, so that all are looked up at once before it is built. */
export const codesIn = (filter: object | null | undefined, ...fields: readonly string[]): string[] => [
  ...new Set(
    [...parts(filter as Nested)].flatMap((part) =>
      fields.flatMap((field) => (part[field] as readonly string[] | null | undefined) ?? []),
    ),
  ),
];

/** Gives the phase codes in the named period anywhere in a filter. */
export const phasesIn = (filter: object | null | undefined, field: string): string[] =>
  [...parts(filter as Nested)].flatMap((part) => {
    const code = (part[field] as { readonly code?: string | null } | null | undefined)?.code;
    return code && isPhaseCode(code) ? [code] : [];
  });

/** Gives the filter with each named period settled by `settle`, everywhere inside it. */
export function withPeriods<Input extends object>(
  filter: Input | null | undefined,
  field: string,
  settle: (period: PeriodInput) => PeriodInput,
): Input | null {
  if (!filter) return null;
  const { any, not, ...own } = filter as Nested & Readonly<Record<string, unknown>>;
  const period = own[field] as PeriodInput | null | undefined;
  return {
    ...own,
    ...(period ? { [field]: settle(period) } : {}),
    ...(any ? { any: any.map((child) => withPeriods(child, field, settle)) } : {}),
    ...(not ? { not: withPeriods(not, field, settle) } : {}),
  } as unknown as Input;
}
