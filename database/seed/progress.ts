import type { Volumes } from './volumes.ts';

/** Where progress goes: a terminal gets a bar in place, anything else a line for every tenth part. */
export interface ProgressTarget {
  readonly isTTY?: boolean | undefined;
  readonly write: (text: string) => unknown;
}

const WIDTH = 30;

/** Of each real unit: the unit, its copies in three subgraphs, its versions, and its part of areas and of 2025's links. */
const ROWS_PER_REAL_UNIT = 10;
/** Of each placeholder: the unit, its copies and its version. */
const ROWS_PER_PLACEHOLDER = 5;
/** Of each campaign: itself, its copies in two subgraphs, six content items and four indicators. */
const ROWS_PER_CAMPAIGN = 13;
/** Four dossiers of five end in an award. */
const ROWS_PER_DOSSIER = 1.8;

/**
 * Rows that a seed of these volumes will write, near enough for a bar: the large collections, by what each row brings.
 * The national seed wrote 3.06 million when 3.05 million were expected.
 */
export const expectedRows = (volumes: Volumes): number =>
  treeRows(volumes.tree) +
  (1 + volumes.childCampaigns) * ROWS_PER_CAMPAIGN +
  volumes.participations +
  volumes.reports +
  volumes.articles +
  volumes.activities +
  volumes.houses +
  volumes.deliveries +
  volumes.dossiers * ROWS_PER_DOSSIER;

/** The average province of 2021 had 11 districts, and these 15 communes each. */
function treeRows(tree: Volumes['tree']): number {
  const provinces = tree.provinces === 'all' ? 63 : tree.provinces.length;
  const districts = provinces * Math.min(tree.districts, 11);
  const real = 1 + provinces + districts * (1 + Math.min(tree.communes, 15));
  const placeholders =
    tree.departments + provinces * tree.divisionsPerProvince + districts * tree.teamsPerDistrict;
  return real * ROWS_PER_REAL_UNIT + placeholders * ROWS_PER_PLACEHOLDER;
}

/** What hears of a seed: rows that went in, and rows that were added up in cubes afterwards. */
export interface Progress {
  readonly onRows: (part: string, count: number) => void;
  readonly onCounted: (part: string, count: number) => void;
  readonly end: () => void;
}

const COUNTED_A_LINE = 100_000;

/**
 * Makes the listener of a seed that shows how far it is and says at its end how many rows went in. The whole is an
 * estimate, so nothing claims to be done before the end.
 */
export function progressBar(expected: number, target: ProgressTarget): Progress {
  let rows = 0;
  let counted = 0;
  let tenths = 0;
  const bar = (percent: number, part: string) => {
    const full = Math.round((percent / 100) * WIDTH);
    const drawn = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
    target.write(
      `\r${drawn} ${String(percent).padStart(2)} % · ${rows.toLocaleString('en')} rows · ${part.padEnd(12)}`,
    );
  };
  const line = (percent: number, part: string) => {
    if (Math.floor(percent / 10) <= tenths) return;
    tenths = Math.floor(percent / 10);
    target.write(`Seeding ${part}: ${tenths * 10} %, ${rows.toLocaleString('en')} rows\n`);
  };
  return {
    onRows: (part, count) => {
      rows += count;
      const percent = Math.min(99, Math.floor((rows * 100) / Math.max(1, expected)));
      (target.isTTY ? bar : line)(percent, part);
    },
    onCounted: (part, count) => {
      const steps = Math.floor(counted / COUNTED_A_LINE);
      counted += count;
      const text = `Adding up ${part}: ${counted.toLocaleString('en')} rows counted`;
      if (target.isTTY) target.write(`\r\u001b[2K${text}`);
      else if (Math.floor(counted / COUNTED_A_LINE) > steps) target.write(`${text}\n`);
    },
    end: () => {
      if (rows > 0)
        target.write(`${target.isTTY ? '\r\u001b[2K' : ''}Seeded ${rows.toLocaleString('en')} rows.\n`);
    },
  };
}
