import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import type { Models } from '../model/models.ts';
import type { UnitRecord } from '../model/unit.ts';
import { nextGeneration, parentsOf, partsForLevel } from '../rules/levels.ts';
import type { Shape } from '../rules/timeline.ts';
import { shortNameOf } from '../rules/unitName.ts';
import { checkLevel, invalid } from './checks.ts';
import type { NewUnit } from './inputs.ts';
import { checkNeeded, type FaultPath } from './namedUnits.ts';
import type { Life } from './readLives.ts';
import { depthOf, placeUnder } from './treeDraft.ts';

/** What a new unit begins as. */
export interface Beginning {
  readonly unit: UnitRecord;
  readonly shape: Shape;
}

/**
 * Gives a unit that is to begin on a day under a parent, and notes why it cannot: a code that does not fit, is taken or
 * leaves out a generation, a level that does not stand under the parent's, a parent that is not there on that day.
 */
export async function beginningOf(
  tx: Tx<Models>,
  asked: NewUnit,
  parent: Life,
  { on, path }: { readonly on: string; readonly path: FaultPath },
): Promise<Beginning> {
  const { code, level, name, place } = asked;
  checkNeeded(tx, parent, on, { path: [...path, 'parent', 'code'], by: code });
  const allowed = parentsOf[level].includes(parent.unit.level) ? [level] : levelsUnder(parent.unit.level);
  checkLevel(tx, { code, level }, allowed, [...path, 'level']);
  await checkCode(tx, asked, on, [...path, 'code']);
  await checkRegion(tx, asked, [...path, 'region']);
  const { provinceCode, regionCode, path: above } = placeUnder(parent.versions);
  const isProvince = level === 'PROVINCE';
  const shape: Shape = {
    name,
    parentId: parent.unit._id,
    path: `${above}${code}/`,
    depth: depthOf(above) + 1,
    provinceCode: isProvince ? (place?.adminCode ?? code.slice(1).split('.')[0] ?? null) : provinceCode,
    regionCode: isProvince ? asked.region : regionCode,
    adminCode: place?.adminCode ?? null,
    adminListDate: place?.listDate ?? null,
  };
  const shortName = asked.shortName ?? shortNameOf(name.vi);
  return { unit: blankUnit({ code, level, shortName, adminCode: shape.adminCode ?? null }, tx.now), shape };
}

const levelsUnder = (parent: UnitRecord['level']): UnitRecord['level'][] =>
  (Object.keys(parentsOf) as UnitRecord['level'][]).filter((level) => parentsOf[level].includes(parent));

/** Gives a unit of which only the identity stands; its versions say everything else. */
export const blankUnit = (
  identity: Pick<UnitRecord, 'code' | 'level' | 'shortName' | 'adminCode'>,
  now: Date,
): UnitRecord => ({
  ...identity,
  _id: randomId('unt'),
  status: 'PLANNED',
  name: { vi: identity.shortName },
  otherNames: [],
  parentId: null,
  path: '',
  depth: 0,
  provinceCode: null,
  regionCode: null,
  existsFrom: '',
  existsBefore: null,
  adminListDate: null,
  synthetic: false,
  seq: 0,
  version: 0,
  createdAt: now,
  updatedAt: now,
  nameKey: '',
  searchKeys: [],
  exactKeys: [],
});

/** Gives the generations that a code's base has had. */
export const generationsOf = (tx: Tx<Models>, base: string) =>
  tx.models.units
    .find({ code: { $gte: `${base}.`, $lt: `${base}/` } }, { code: 1, existsBefore: 1 }, tx.options)
    .lean<Pick<UnitRecord, 'code' | 'existsBefore'>[]>();

async function checkCode(tx: Tx<Models>, { code, level }: NewUnit, on: string, path: FaultPath) {
  const parts = partsForLevel(code, level);
  if (!parts) {
    return invalid(tx, path, {
      vi: 'Mã gồm chữ cái của cấp (D, T, V, H, E, X), các chữ số, dấu chấm và số thế hệ, như X00004.1.',
      en: "A code is the level's letter (D, T, V, H, E, X), digits, a dot and the generation, such as X00004.1.",
    });
  }
  const known = await generationsOf(tx, parts.base);
  const next = nextGeneration(known.map((each) => each.code));
  const free = `${parts.base}.${next}`;
  if (known.some((each) => each.code === code)) {
    tx.faults.add('UNIT_CODE_TAKEN', { path, params: { code, free } });
  } else if (parts.generation !== next) {
    tx.faults.add('UNIT_PERIOD_GAP', { path, params: { code, needs: free, from: '—', on } });
  } else {
    const living = known.find(({ existsBefore }) => existsBefore === null || existsBefore > on);
    if (living)
      tx.faults.add('UNIT_PERIOD_OVERLAP', {
        path,
        params: { code: living.code, on, since: living.existsBefore ?? '—' },
      });
  }
}

async function checkRegion(tx: Tx<Models>, { level, region }: NewUnit, path: FaultPath): Promise<void> {
  if (region === null) return;
  if (level !== 'PROVINCE') {
    return invalid(tx, path, {
      vi: 'Chỉ đơn vị cấp tỉnh nêu vùng; các đơn vị khác theo cấp trên.',
      en: 'Only a province names its region; other units take it from above.',
    });
  }
  if (!(await tx.models.regions.exists({ _id: region }).session(tx.session)))
    tx.faults.add('NOT_FOUND', { path, params: { type: 'Region', key: region } });
}
