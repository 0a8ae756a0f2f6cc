import {
  addDays,
  type DateSpan,
  isPhaseCode,
  labelOfPeriod,
  periodExamples,
  type RelativePeriod,
  spanOfPeriod,
  spanOfRelative,
} from '../../schema/scalars/period.ts';
import { periodInvalid } from '../../server/errors.ts';

/** The PeriodInput of the graph. */
export interface PeriodInput {
  readonly code?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly before?: string | null | undefined;
  readonly relative?: RelativePeriod | null | undefined;
  readonly relativeTo?: string | null | undefined;
}

export interface PeriodContext {
  readonly today: string;
  /** Gives the span of a campaign's phase (`CODE:P2`), or null when there is none. */
  readonly phase?: (code: string) => DateSpan | null;
  /** The campaign that WHOLE_CAMPAIGN means: its first day, and the day after its last (null: until today). */
  readonly campaign?: { readonly from: string; readonly before: string | null } | undefined;
}

/** The `Period` of an answer. */
export interface NamedPeriod extends DateSpan {
  readonly code: string | null;
  readonly label: { readonly vi: string; readonly en: string };
}

const ways = ['code', 'from and before', 'relative'];

/**
 * Gives the span of days that a period names. Throws PERIOD_INVALID unless exactly one of `code`, `from` with
 * `before`, `relative` is given, or when what is given names no span here.
 */
export function periodOf(input: PeriodInput, context: PeriodContext): NamedPeriod {
  const taken = [input.code != null, input.from != null || input.before != null, input.relative != null];
  const given = ways.filter((_, index) => taken[index]);
  if (given.length !== 1) {
    throw periodInvalid('A period takes exactly one of: code; from and before; relative.', {
      given,
      expected: ways,
    });
  }
  if (input.relativeTo != null && input.relative == null)
    throw periodInvalid('relativeTo goes with relative only.', { given, expected: 'relative' });
  if (input.code != null) return ofCode(input.code, context);
  if (input.relative != null) return ofRelative(input.relative, input.relativeTo ?? context.today, context);
  return ofSpan(input.from, input.before);
}

function ofCode(code: string, context: PeriodContext): NamedPeriod {
  const span = isPhaseCode(code) ? context.phase?.(code) : spanOfPeriod(code);
  if (!span) {
    const message = isPhaseCode(code)
      ? `There is no phase ${code} here; Campaign.phases gives those of a campaign.`
      : `There is no period ${code}.`;
    throw periodInvalid(message, { code, expected: periodExamples });
  }
  return { ...span, code, label: labelOfPeriod(code) };
}

function ofRelative(relative: RelativePeriod, on: string, context: PeriodContext): NamedPeriod {
  const whole = context.campaign && {
    from: context.campaign.from,
    before: context.campaign.before ?? addDays(context.today, 1),
  };
  const span = relative === 'WHOLE_CAMPAIGN' ? whole : spanOfRelative(relative, on);
  if (!span) {
    throw periodInvalid('WHOLE_CAMPAIGN needs exactly one campaign in the filter.', {
      relative,
      expected: 'one campaign in the filter',
    });
  }
  return { ...span, code: null, label: spanLabel(span) };
}

function ofSpan(from: string | null | undefined, before: string | null | undefined): NamedPeriod {
  if (from == null || before == null) {
    throw periodInvalid('A free period takes both from and before.', {
      given: from == null ? 'before' : 'from',
      expected: ['from', 'before'],
    });
  }
  if (from >= before) {
    throw periodInvalid('from must lie before before, the day after the last one.', {
      from,
      before,
      expected: 'from < before',
    });
  }
  const span = { from, before };
  return { ...span, code: null, label: spanLabel(span) };
}

/** People name the last day, not the one after it. */
const spanLabel = ({ from, before }: DateSpan) => {
  const [first, last] = [from, addDays(before, -1)].map((date) => date.split('-').reverse().join('/'));
  return { vi: `${first} – ${last}`, en: `${from} – ${addDays(before, -1)}` };
};
