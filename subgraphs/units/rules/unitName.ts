import { fold, tidy } from '../../records/fold.ts';
import { formsOf } from '../model/names.ts';

const force = /^(công an|ca) (?=.)/iu;
const kind = /^(thành phố|thị trấn|thị xã|đặc khu|phường|quận|huyện|tỉnh|xã) (?=.)/iu;

/** Gives the place alone: "Công an phường Ba Đình" → "Ba Đình"; "Quận 4" keeps its word, a bare number says nothing. */
export function shortNameOf(name: string): string {
  const place = tidy(name).replace(force, '');
  const bare = place.replace(kind, '');
  const short = /^\d/u.test(bare) ? place : bare;
  return `${short.slice(0, 1).toUpperCase()}${short.slice(1)}`;
}

const essence = (name: string): string => fold(formsOf(name).at(-1) ?? name);

/**
 * Whether two names are one but for their marks and the word for the kind of place. Only then does a renamed unit keep
 * its code (HOUSE, Decisions, Names): "Công an thị xã Thuận An" and "Công an thành phố Thuận An".
 */
export const isSameName = (a: string, b: string): boolean => essence(a) === essence(b);
