import { type UnitVersionCopy, unitLevels } from '../../../schema/events.ts';
import type { DateSpan } from '../../../schema/scalars/period.ts';
import { versionOn } from '../../copies/units.ts';
import { monthOf, periodsIn, weekOf } from '../../records/calendar.ts';
import { fullCode } from '../filter/parts.ts';
import type { Copies } from '../loaders/copies.ts';
import type { RollupDimension } from '../types.generated.ts';
import { type Cell, cellOf, checkCells } from './count.ts';
import { catalogueOf, type Entries } from './labels.ts';
import type { Question } from './question.ts';

/** Where the keys of a dimension are known from, whether or not an activity has them. */
export interface Domain {
  readonly question: Question;
  readonly span: DateSpan;
  /** The day whose units get a row. */
  readonly day: string;
  readonly copies: Pick<Copies, 'children' | 'provinces'>;
  readonly entries: Entries;
}

/**
 * Adds rows of zeros for all combinations of the keys that the dimensions are known to have.
 * Throws COST_EXCEEDED when they are more than a rollup may have.
 */
export async function addZeros(cells: Map<string, Cell>, domain: Domain): Promise<void> {
  const lists = await Promise.all(domain.question.dimensions.map((dimension) => codesOf(dimension, domain)));
  checkCells(lists.reduce((product, codes) => product * codes.length, 1));
  for (const keys of combinations(lists)) cellOf(cells, keys);
  checkCells(cells.size);
}

function* combinations(lists: readonly (readonly string[])[]): Generator<readonly string[]> {
  const [first, ...rest] = lists;
  if (!first) {
    yield [];
    return;
  }
  for (const code of first) for (const others of combinations(rest)) yield [code, ...others];
}

async function codesOf(dimension: RollupDimension, domain: Domain): Promise<readonly string[]> {
  const { question, entries } = domain;
  const { filter } = question;
  const catalogue = catalogueOf(dimension);
  if (catalogue) {
    const asked = { KIND: filter.kind, GROUP: filter.group, FUNDING: filter.funding }[catalogue];
    return asked ?? entries(catalogue).map(({ code }) => code);
  }
  if (dimension === 'MONTH') return periodsIn(monthOf, domain.span);
  if (dimension === 'WEEK') return periodsIn(weekOf, domain.span);
  if (dimension === 'LEVEL') return filter.level ?? unitLevels;
  if (dimension === 'PROVINCE') return filter.provinceCode ?? codesOfProvinces(domain, 'provinceCode');
  if (dimension === 'REGION') return codesOfProvinces(domain, 'regionCode');
  if (dimension === 'CHILD_UNIT') return childCodes(domain);
  const { campaign } = question;
  if (dimension === 'PHASE')
    return campaign ? campaign.phases.map(({ code }) => fullCode(campaign, code)) : [];
  return campaign?.contentItems.map(({ code }) => code) ?? [];
}

/** The provinces of the day, or those that the unit asked for lies in or holds. */
async function provincesOn(domain: Domain): Promise<UnitVersionCopy[]> {
  const { day } = domain;
  const { paths } = domain.question.top;
  const related = (path: string) =>
    paths.length === 0 || paths.some((top) => top.startsWith(path) || path.startsWith(top));
  const units = await domain.copies.provinces();
  return units.flatMap((unit) => {
    const version = versionOn(unit, day);
    return version?.level === 'PROVINCE' && related(version.path) ? [version] : [];
  });
}

/** The codes of those provinces, or of the regions they are grouped in, each once. */
async function codesOfProvinces(domain: Domain, field: 'provinceCode' | 'regionCode'): Promise<string[]> {
  const provinces = await provincesOn(domain);
  return [...new Set(provinces.flatMap((version) => version[field] ?? []))];
}

async function childCodes({ question, copies, day }: Domain): Promise<string[]> {
  const { unit } = question.top;
  const path = unit && (versionOn(unit, day) ?? unit.versions.at(-1))?.path;
  return (await copies.children(path ?? null, day)).map(({ code }) => code);
}
