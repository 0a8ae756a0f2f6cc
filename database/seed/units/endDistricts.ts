import { byParent } from './byParent.ts';
import { lastOf, type TreeDraft } from './draft.ts';

/** The day on which the police of districts ended. */
export const endOfDistricts = '2025-03-01';

/**
 * 2025-03-01: the police of districts and their teams end, nobody takes them over whole; their communes move under
 * the province.
 */
export function endDistricts(draft: TreeDraft): void {
  const communes = byParent(draft.ofLevel('COMMUNE'));
  const teams = byParent(draft.ofLevel('TEAM'));
  for (const district of draft.ofLevel('DISTRICT')) {
    const { parent: province } = lastOf(district);
    const moved = communes.get(district) ?? [];
    for (const commune of moved) draft.change(commune, endOfDistricts, { parent: province });
    const ended = [district, ...(teams.get(district) ?? [])];
    for (const unit of ended) draft.close(unit, endOfDistricts);
    draft.happened('CLOSE', endOfDistricts, ended);
    draft.happened('MOVE', endOfDistricts, moved);
  }
}
