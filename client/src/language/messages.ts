import { type Language, useLanguage } from './language.ts';

/** The texts of one place of the page: texts, lists of texts by code, and functions that make texts. */
export type Messages<Texts> = Readonly<Record<Language, Texts>>;

/** Declares texts in both languages; a key that one of them lacks does not compile. */
export const defineMessages = <Texts extends object>(vi: Texts, en: NoInfer<Texts>): Messages<Texts> => ({
  vi,
  en,
});

/** Gives texts in the language of the page. */
export const useMessages = <Texts>(messages: Messages<Texts>): Texts => messages[useLanguage()];
