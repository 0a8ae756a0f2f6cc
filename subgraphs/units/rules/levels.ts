import { type UnitLevel, unitLevels } from '../../../schema/events.ts';

/**
 * Under which levels a unit of a level can stand (DOMAIN §3: four tiers, departments and divisions beside them). The
 * ministry stands under nobody: it is the one root, so that it is neither opened nor moved nor ended.
 */
export const parentsOf: Readonly<Record<UnitLevel, readonly UnitLevel[]>> = {
  MINISTRY: [],
  DEPARTMENT: ['MINISTRY'],
  PROVINCE: ['MINISTRY'],
  DIVISION: ['PROVINCE'],
  DISTRICT: ['PROVINCE'],
  TEAM: ['DISTRICT'],
  COMMUNE: ['PROVINCE', 'DISTRICT'],
};

const deepest = (level: UnitLevel): number =>
  1 + Math.max(0, ...parentsOf[level].map((parent) => deepest(parent)));

/** How many units stand on the longest way down from the ministry, both ends counted. */
export const DEEPEST = Math.max(...unitLevels.map(deepest));

/** The letter that codes of a level begin with. */
const letters: Readonly<Record<UnitLevel, string>> = {
  MINISTRY: 'B',
  DEPARTMENT: 'D',
  PROVINCE: 'T',
  DIVISION: 'V',
  DISTRICT: 'H',
  TEAM: 'E',
  COMMUNE: 'X',
};

/** A unit's code in its parts: `X00004.2` is the second generation of `X00004`. */
export interface CodeParts {
  readonly base: string;
  readonly generation: number;
}

/** Takes a code apart; null when it has no generation (BCA). */
export function partsOf(code: string): CodeParts | null {
  const [base, generation] = code.split('.');
  return base && generation ? { base, generation: Number(generation) } : null;
}

/** Gives the parts of a code that a unit of a level may bear: the level's letter, digits, a generation; null for others. */
export function partsForLevel(code: string, level: UnitLevel): CodeParts | null {
  return /^[A-Z]\d{1,12}\.[1-9]\d{0,2}$/u.test(code) && code.startsWith(letters[level])
    ? partsOf(code)
    : null;
}

/** Gives the generation that comes after those that a base has. */
export const nextGeneration = (codes: readonly string[]): number =>
  1 + Math.max(0, ...codes.map((code) => partsOf(code)?.generation ?? 0));
