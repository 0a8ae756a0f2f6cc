import { GraphError } from '../../../server/errors.ts';
import type { Viewer } from '../../../server/viewer.ts';
import type { Faults } from '../../records/command/faults.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { ActionObstacleRecord } from '../model/answers.ts';
import type { DossierAction } from '../model/codes.ts';
import { accessObstacles, type Placed } from '../rules/actions.ts';
import { dossierMachine } from '../rules/machine.ts';

/** Where in the arguments a fault lies. */
export type Path = readonly (string | number)[];

/** Throws FORBIDDEN for roles that take the step nowhere. */
export const mayTake =
  (action: DossierAction) =>
  (viewer: Viewer): void =>
    requireRole(viewer, ...dossierMachine[action].roles);

/** Throws FORBIDDEN or OUT_OF_SUBTREE unless the viewer's role and place reach this step of this dossier. */
export function requireReachOf(action: DossierAction, dossier: Placed, viewer: Viewer): void {
  const [obstacle] = accessObstacles(action, dossier, viewer);
  if (!obstacle) return;
  const code = obstacle.code === 'FORBIDDEN' ? 'FORBIDDEN' : 'OUT_OF_SUBTREE';
  throw new GraphError(code, obstacle.message.en ?? obstacle.message.vi);
}

/** Turns what stands in the way into faults with the rules' own codes and explanations. */
export function addObstacles(
  faults: Faults,
  obstacles: readonly ActionObstacleRecord[],
  path: Path = [],
): void {
  for (const { code, message } of obstacles) {
    const at = code === 'PAPER_MISSING' ? [...(path.length > 0 ? path : ['input']), 'papers'] : path;
    faults.add(code, { path: at, params: { vi: message.vi, en: message.en ?? message.vi } });
  }
}

/** Notes that a value cannot be, in both languages. */
export function addInvalid(faults: Faults, path: Path, vi: string, en: string): void {
  faults.add('INPUT_INVALID', { path, params: { vi, en } });
}

/** Notes that a code or an id of the input belongs to nothing. */
export function addUnknown(faults: Faults, path: Path, type: string, key: string): void {
  faults.add('NOT_FOUND', { path, params: { type, key } });
}

/** Notes a day that does not lie between two others, both in. `earliest` null means that any day before is right. */
export function checkDay(
  faults: Faults,
  path: Path,
  day: string,
  { earliest, latest }: { readonly earliest: string | null; readonly latest: string },
): void {
  if (day > latest) addInvalid(faults, path, `Ngày phải không sau ${latest}.`, `The day is after ${latest}.`);
  if (earliest !== null && day < earliest)
    addInvalid(faults, path, `Ngày phải không trước ${earliest}.`, `The day is before ${earliest}.`);
}
