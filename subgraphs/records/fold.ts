/** Unit-type words that people leave out when they type a name; longest first, so that "thành phố" goes before "phố". */
const unitWords =
  /^(công an |ca )?(thành phố trực thuộc trung ương|thành phố|thị trấn|thị xã|đặc khu|phường|quận|huyện|tỉnh|xã|tp\.?|tt\.?|tx\.?|p\.|q\.|h\.|x\.) ?/u;

/** Gives the text as stored: composed (NFC), trimmed, one space between words. */
export const tidy = (text: string): string => text.normalize('NFC').trim().replace(/\s+/gu, ' ');

/**
 * Gives the search key of a text: no diacritics, đ as d, lower case, letters and digits with one space between
 * (DOMAIN §5.1). "Đắk Lắk" and "dak lak" have the same key.
 */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Gives the search key without the leading word for the kind of unit ("Xã Tân Thành" → "tan thanh"). */
export const foldName = (name: string): string =>
  fold(tidy(name).toLowerCase().replace(unitWords, '')) || fold(name);
