import { optionalChoice, readParams } from '../url/params.ts';
import { useParams } from '../url/useParams.ts';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

/** A text as the graph gives it: always in Vietnamese, where there is one also in English. */
export interface Localized {
  readonly vi: string;
  readonly en: string | null;
}

/** The language is a part of the address, so that a link shows what was seen; without one the browser's is taken. */
export const languageParam = { lang: optionalChoice(languages) };

/** Gives the language that a browser prefers among ours. */
export const preferredLanguage = (tags: readonly string[]): Language =>
  tags.map((tag) => languages.find((language) => tag.toLowerCase().startsWith(language))).find(Boolean) ??
  'vi';

/** Gives the language of the page. */
export function useLanguage(): Language {
  const [{ lang }] = useParams(languageParam);
  return lang ?? preferredLanguage(navigator.languages);
}

/** Gives the language that the page has at this moment, for whoever is not drawn. */
export const languageNow = (): Language =>
  readParams(languageParam, window.location.search).lang ?? preferredLanguage(navigator.languages);

/** Gives a text of the graph in a language; in Vietnamese where it has no other. */
export const textIn = (language: Language, { vi, en }: Localized): string =>
  language === 'en' ? (en ?? vi) : vi;

/** Gives the way to write texts of the graph in the language of the page. */
export function useText(): (localized: Localized) => string {
  const language = useLanguage();
  return (localized) => textIn(language, localized);
}
