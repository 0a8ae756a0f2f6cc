import type { NamedPeriod } from '../../records/periodInput.ts';
import type { SupportSummary } from '../types.generated.ts';

/** A summary as the graph shows it; the label of its period is a stored text. */
export type SupportSummaryRecord = Omit<SupportSummary, 'period'> & { readonly period: NamedPeriod | null };
