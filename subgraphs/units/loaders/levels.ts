import { perArguments } from '../../records/byKey.ts';
import {
  holdsOn,
  type UnitOnDateRecord,
  type UnitTreeLevelRecord,
  type UnitVersionRow,
} from '../model/version.ts';
import { manyOf, type RoadToMany } from './manyByKey.ts';

interface Versions extends Pick<RoadToMany<UnitVersionRow>, 'model' | 'projection' | 'signal'> {
  readonly get: (date: string, code: string) => Promise<UnitOnDateRecord | null>;
}

/** Makes the road to a unit on a day and all that stood directly under it; null where no unit with the code existed. */
export function levelLoader({ get, ...road }: Versions) {
  const allUnder = perArguments((date: string) => {
    // The order of an index: of each unit those under it, in tree order.
    const sort = [
      { field: 'parentId', direction: 1 },
      { field: 'path', direction: 1 },
    ] as const;
    return manyOf<UnitVersionRow>({ ...road, field: 'parentId', filter: holdsOn(date), sort });
  });
  return async (date: string, code: string): Promise<UnitTreeLevelRecord | null> => {
    const parent = await get(date, code);
    if (!parent) return null;
    const units = await allUnder(date, parent.unitId);
    return { parent, units: units.map((unit) => ({ ...unit, date })) };
  };
}
