import { type UnitLevel, unitLevels } from '../../../schema/events.ts';
import { labelOfPeriod, spanOfPeriod } from '../../../schema/scalars/period.ts';
import type { Localized } from '../../records/localized.ts';
import type { NamedPeriod } from '../../records/periodInput.ts';
import { phaseOf } from '../filter/parts.ts';
import type { CatalogueDimension } from '../model/catalogue.ts';
import type { RollupDimension } from '../types.generated.ts';
import { NONE } from './keys.ts';
import type { Question } from './question.ts';

/** The entries of the three catalogues, in their order. */
export type Entries = (
  dimension: CatalogueDimension,
) => readonly { readonly code: string; readonly name: Localized }[];

/** Which catalogue a dimension's codes are from. */
export const catalogueOf = (dimension: RollupDimension): CatalogueDimension | null =>
  dimension === 'KIND' || dimension === 'GROUP' || dimension === 'FUNDING' ? dimension : null;

const levels: Readonly<Record<UnitLevel, Localized>> = {
  MINISTRY: { vi: 'Bộ', en: 'Ministry' },
  DEPARTMENT: { vi: 'Đơn vị trực thuộc Bộ', en: 'Department' },
  PROVINCE: { vi: 'Tỉnh, thành phố', en: 'Province' },
  DIVISION: { vi: 'Phòng', en: 'Division' },
  DISTRICT: { vi: 'Huyện', en: 'District' },
  TEAM: { vi: 'Đội', en: 'Team' },
  COMMUNE: { vi: 'Xã, phường', en: 'Commune' },
};

const ministry: Localized = { vi: 'Bộ và đơn vị trực thuộc Bộ', en: 'Ministry and its departments' };

const none: Partial<Record<RollupDimension, Localized>> = {
  PROVINCE: ministry,
  REGION: ministry,
  PHASE: { vi: 'Ngoài các đợt', en: 'In no phase' },
  CONTENT_ITEM: { vi: 'Không gắn nội dung', en: 'Towards no content item' },
  GROUP: { vi: 'Không ghi nhóm', en: 'No group recorded' },
  FUNDING: { vi: 'Không ghi nguồn', en: 'No source recorded' },
};

/** Gives how to print a key; null for units, provinces, regions and content items, whose owners know their names. */
export function labelOf(dimension: RollupDimension, code: string, entries: Entries): Localized | null {
  if (code === NONE) return none[dimension] ?? null;
  const catalogue = catalogueOf(dimension);
  if (catalogue) return entries(catalogue).find((entry) => entry.code === code)?.name ?? { vi: code };
  if (dimension === 'LEVEL') return levels[code as UnitLevel] ?? null;
  if (dimension === 'MONTH' || dimension === 'WEEK' || dimension === 'PHASE') return labelOfPeriod(code);
  return null;
}

/** Gives the period of a key of time; null for all other keys. */
export function periodOfKey(
  dimension: RollupDimension,
  code: string,
  question: Question,
): NamedPeriod | null {
  const span =
    dimension === 'PHASE'
      ? phaseOf(question.campaign, code)
      : dimension === 'MONTH' || dimension === 'WEEK'
        ? spanOfPeriod(code)
        : null;
  return span && { ...span, code, label: labelOfPeriod(code) };
}

const place = (index: number): string => String(index).padStart(4, '0');

/**
 * Gives what a key is sorted by: the order of the catalogue, of the levels, of the phases; codes elsewhere. What has
 * none comes last.
 */
export function rankOf(
  dimension: RollupDimension,
  question: Question,
  entries: Entries,
): (code: string) => string {
  const catalogue = catalogueOf(dimension);
  const order = catalogue
    ? entries(catalogue).map(({ code }) => code)
    : dimension === 'LEVEL'
      ? [...unitLevels]
      : dimension === 'PHASE'
        ? (question.campaign?.phases ?? []).map(({ code }) => code.split(':').at(-1) ?? code)
        : null;
  if (!order) return (code) => (code === NONE ? '\uffff' : code);
  const places = new Map(order.map((code, index) => [code, place(index)]));
  return (code) => (code === NONE ? '\uffff' : (places.get(code.split(':').at(-1) ?? code) ?? `9999${code}`));
}
