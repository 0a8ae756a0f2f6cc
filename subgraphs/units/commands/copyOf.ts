import type { UnitCopy } from '../../../schema/events.ts';
import type { UnitRecord } from '../model/unit.ts';
import type { Versions } from '../rules/timeline.ts';

/** Gives a unit as other subgraphs keep it: codes, paths, levels and days, never a name (schema/events.ts). */
export const copyOf = (
  { _id, code, version }: Pick<UnitRecord, '_id' | 'code' | 'version'>,
  versions: Versions,
  successorId: string | null,
): UnitCopy => ({
  id: _id,
  code,
  versions: versions.map(({ path, level, provinceCode, regionCode, from, before }) => ({
    path,
    level,
    provinceCode,
    regionCode,
    from,
    before,
  })),
  successorId,
  version,
});
