import { inputInvalid } from '../../../server/errors.ts';
import { currentVersion, type UnitCopyRow } from '../../copies/units.ts';
import { byKey } from '../../records/byKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import { scopePathOf } from './places.ts';

/** Roads from a unit's address to what filters need of it. */
export interface UnitCodes {
  /** Gives the id of a unit. Throws INPUT_INVALID for an unknown code. */
  readonly idOf: (code: string) => Promise<string>;
  /** Gives the ids of units by code, all read at once. Throws INPUT_INVALID for an unknown code. */
  readonly idsOf: (codes: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Gives today's path of a unit, or its last one; null for an unknown id. */
  readonly pathOf: (id: string) => Promise<string | null>;
  /** Gives the path by which it is decided who may write for a unit; of an unknown id, one that nobody is under. */
  readonly scopePathOf: (id: string) => Promise<string>;
}

export function unitCodes({ models, signal, today }: RequestScope<Models>): UnitCodes {
  const codes = byKey<UnitCopyRow>({ model: models.units, field: 'code', projection: { code: 1 }, signal });
  const paths = byKey<UnitCopyRow>({
    model: models.units,
    field: '_id',
    projection: { versions: 1, successorId: 1 },
    signal,
  });
  const idOf = async (code: string): Promise<string> => {
    const unit = await codes.load(code);
    if (!unit) throw inputInvalid(`There is no unit with the code ${code}.`, { code });
    return unit._id;
  };
  return {
    idOf,
    idsOf: async (wanted) =>
      new Map(await Promise.all(wanted.map(async (code) => [code, await idOf(code)] as const))),
    pathOf: async (id) => {
      const unit = await paths.load(id);
      return unit ? currentVersion(unit, today).path : null;
    },
    scopePathOf: async (id) => {
      const unit = await paths.load(id);
      return unit ? scopePathOf(unit, today, (next) => paths.load(next)) : '';
    },
  };
}
