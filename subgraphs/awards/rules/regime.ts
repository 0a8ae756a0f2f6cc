import type { Regime } from '../model/codes.ts';

/** A span of days with what holds in it; `before` null is open. */
interface Dated {
  readonly from: string;
  readonly before: string | null;
}

/** What people call the regimes, inside a sentence. */
export const regimeNames: Readonly<Record<Regime, { readonly vi: string; readonly en: string }>> = {
  L2003: { vi: 'Luật 2003', en: 'the law of 2003' },
  L2022: { vi: 'Luật 2022', en: 'the law of 2022' },
  L2022A: { vi: 'Luật 2022 sửa đổi 2026', en: 'the law of 2022 as amended in 2026' },
};

/** Gives the row that holds on a day, or undefined. */
export const holdingOn = <Row extends Dated>(rows: readonly Row[], date: string): Row | undefined =>
  rows.find(({ from, before }) => from <= date && (before === null || date < before));

/** Gives the regime that judges a dossier received on a day (DOMAIN §2.1). Throws RangeError before the first one. */
export function regimeOn(rows: readonly (Dated & { readonly _id: Regime })[], receivedOn: string): Regime {
  const row = holdingOn(rows, receivedOn);
  if (!row) throw new RangeError(`No regime holds on ${receivedOn}.`);
  return row._id;
}

/** Gives the rule of a form under a regime for a day of receipt; the regime's latest one when no day is given. */
export function ruleOf<Rule extends Dated & { readonly regime: Regime }>(
  rules: readonly Rule[],
  regime: Regime,
  date: string | null | undefined,
): Rule | null {
  const ofRegime = rules.filter((rule) => rule.regime === regime);
  return (date ? holdingOn(ofRegime, date) : ofRegime.at(-1)) ?? null;
}
