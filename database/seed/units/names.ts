import type { Area } from './lists.ts';
import { englishName } from './provinces.ts';

/** The words for the kinds of places, longest first. */
const kinds = /^(Thành phố|Thị trấn|Thị xã|Đặc khu|Phường|Quận|Huyện|Tỉnh|Xã) /iu;

/** Gives a place's name without the word for its kind; "Quận 4" keeps it, a bare number says nothing. */
export function bareName(name: string): string {
  const bare = name.replace(kinds, '');
  return /^\d/u.test(bare) ? name : bare;
}

/** Gives what the police of a place is called: "Quận Ba Đình" → "Công an quận Ba Đình". */
export const policeOf = (name: string): string =>
  `Công an ${name.replace(kinds, (word) => word.toLowerCase())}`;

interface Name {
  readonly vi: string;
  readonly en: string | null;
}

/** Gives the English name of a province or central city as a place; null for places below it. */
export const areaName = ({ name, type }: Area): Name => ({
  vi: name,
  en: type === 'PROVINCE' || type === 'CENTRAL_CITY' ? englishPlace(name, type) : null,
});

const englishPlace = (name: string, type: Area['type']): string => {
  const bare = englishName(bareName(name));
  return type === 'CENTRAL_CITY' ? `${bare.replace(/ City$/u, '')} City` : `${bare} Province`;
};

/** Gives the name of the police of an area; in English for provinces only, where the name is certain. */
export const unitName = (area: Area): Name => ({
  vi: policeOf(area.name),
  en:
    area.type === 'PROVINCE' || area.type === 'CENTRAL_CITY'
      ? `${englishPlace(area.name, area.type).replace(/ Province$/u, ' Provincial')} Police`
      : null,
});

/** Gives the name of a synthetic numbered unit: "Phòng số 01, Công an tỉnh Hà Giang". */
export const numberedName = (word: Name, number: string, of: Name | null): Name => ({
  vi: of ? `${word.vi} số ${number}, ${of.vi}` : `${word.vi} số ${number}`,
  en: of && of.en === null ? null : `${word.en} No. ${number}${of ? `, ${of.en}` : ''}`,
});
