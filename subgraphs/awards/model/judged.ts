/** What a judgement reads of a recipient's other awards and dossiers, and of its unit's titles. */

export const otherAwardFields = {
  form: 1,
  kind: 1,
  stateLevel: 1,
  eventOn: 1,
  status: 1,
  dossierId: 1,
  achievementKeys: 1,
} as const;

export const otherDossierFields = { number: 1, form: 1, campaignId: 1, state: 1 } as const;

/** How many awards of a form one unit's people received in a year. */
export interface TitleCount {
  readonly _id: { readonly form: string; readonly year: string };
  readonly count: number;
}

/** Standing awards to people of a unit, by form and year: what a quota of titles is counted from. */
export const titlesByYear = [
  { $match: { recipientKind: 'INDIVIDUAL', status: { $ne: 'REVOKED' } } },
  { $group: { _id: { form: '$form', year: { $substrBytes: ['$eventOn', 0, 4] } }, count: { $sum: 1 } } },
];

/** Gives the counts by `FORM:YEAR`, as the rules read them. */
export const titlesOf = (counts: readonly TitleCount[]): ReadonlyMap<string, number> =>
  new Map(counts.map(({ _id, count }) => [`${_id.form}:${_id.year}`, count]));
