/** A text as stored: Vietnamese always, English where there is one. */
export interface Localized {
  readonly vi: string;
  readonly en?: string | null;
}

/** Gives the text in a language; Vietnamese where the English one is missing (API.md, LocalizedText). */
export const localized = (text: Localized, locale: 'VI' | 'EN'): string =>
  locale === 'EN' ? (text.en ?? text.vi) : text.vi;
