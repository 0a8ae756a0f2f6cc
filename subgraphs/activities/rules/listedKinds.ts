/**
 * Kinds whose households are listed one by one: houses and cash (DOMAIN §5.9). Of every other kind people are counted.
 * This is where personal data may be collected at all, so it is no row that an administrator adds to.
 */
const listed: ReadonlySet<string> = new Set(['NHA_TINH_NGHIA', 'SUA_NHA', 'TIEN_MAT']);

/** Kinds that give a house: one for each household and campaign (DOMAIN §5.6). */
const houses: ReadonlySet<string> = new Set(['NHA_TINH_NGHIA', 'SUA_NHA']);

export const listsHouseholds = (kind: string): boolean => listed.has(kind);
export const givesHouse = (kind: string): boolean => houses.has(kind);
