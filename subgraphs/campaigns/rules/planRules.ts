/** What a plan must say before it is handed in; a draft may be incomplete (DOMAIN §1, §4). */

interface Plan {
  readonly issuedOn: string;
  readonly theme: { readonly vi: string };
  readonly legalBases: readonly Basis[];
  readonly criteria: readonly { readonly maxScore: number }[];
}

interface Basis {
  readonly kind: { readonly vi: string };
  readonly document: { readonly number?: string | null; readonly title?: string | null };
  readonly inForceBefore?: string | null;
}

/** An outcome that a plan leads to, and what in the plan it is about. */
export interface PlanFault {
  readonly code:
    | 'THEME_REQUIRED_VI'
    | 'LEGAL_BASIS_REQUIRED'
    | 'LEGAL_BASIS_EXPIRED'
    | 'CRITERIA_TOTAL_NOT_100';
  readonly path: readonly (string | number)[];
  readonly params: Readonly<Record<string, string | number>>;
}

const FULL_SCORE = 100;

/**
 * Gives what stands in the way of handing a plan in: a theme in Vietnamese and a legal basis are missing; a basis is no
 * longer in force on the day of the plan; criteria, where there are any, do not add up to 100.
 */
export function faultsOfPlan({ theme, legalBases, criteria, issuedOn }: Plan): PlanFault[] {
  const total = totalOf(criteria);
  return [
    ...(theme.vi === '' ? [{ code: 'THEME_REQUIRED_VI', path: ['theme', 'vi'], params: {} } as const] : []),
    ...(legalBases.length === 0
      ? [{ code: 'LEGAL_BASIS_REQUIRED', path: ['legalBases'], params: {} } as const]
      : []),
    ...legalBases.flatMap((basis, index) => expired(basis, index, issuedOn)),
    ...(criteria.length > 0 && total !== FULL_SCORE
      ? [{ code: 'CRITERIA_TOTAL_NOT_100', path: ['criteria'], params: { total } } as const]
      : []),
  ];
}

function expired({ kind, document, inForceBefore }: Basis, index: number, issuedOn: string): PlanFault[] {
  if (!inForceBefore || issuedOn < inForceBefore) return [];
  const named = document.number ?? document.title ?? kind.vi;
  return [
    {
      code: 'LEGAL_BASIS_EXPIRED',
      path: ['legalBases', index, 'inForceBefore'],
      params: { document: named, before: inForceBefore },
    },
  ];
}

/** Scores have two decimals at most; a sum of fractions must not miss 100 by a rounding. */
const totalOf = (criteria: Plan['criteria']): number =>
  criteria.reduce((sum, { maxScore }) => sum + Math.round(maxScore * 100), 0) / 100;

/** Whether numbers of a measure may be added up: percentages of units say nothing when they are (DOMAIN §5.8). */
export const isAdditive = (measure: 'COUNT' | 'PERCENT' | 'VND'): boolean => measure !== 'PERCENT';
