import { type Language, languageParam, languages, useLanguage } from '../language/language.ts';
import { useMessages } from '../language/messages.ts';
import { type Theme, themeParam, themes } from '../theme/theme.ts';
import { useParams } from '../url/useParams.ts';
import { appMessages } from './messages.ts';

const names: Readonly<Record<Language, string>> = { vi: 'Tiếng Việt', en: 'English' };

/** Language and theme, which stand in the address. */
export function Choices() {
  const m = useMessages(appMessages);
  const language = useLanguage();
  const [, setLanguage] = useParams(languageParam);
  const [{ theme }, setTheme] = useParams(themeParam);
  return (
    <>
      <label>
        <span className="hidden">{m.language}</span>
        <select
          value={language}
          onChange={(event) => setLanguage({ lang: event.target.value as Language }, 'replace')}
        >
          {languages.map((each) => (
            <option key={each} value={each} lang={each}>
              {names[each]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="hidden">{m.theme}</span>
        <select
          value={theme ?? ''}
          onChange={(event) => setTheme({ theme: (event.target.value || null) as Theme | null }, 'replace')}
        >
          <option value="">{m.system}</option>
          {themes.map((each) => (
            <option key={each} value={each}>
              {m[each]}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
