import { byParent } from './byParent.ts';
import { lastOf, linkOf, type TreeDraft } from './draft.ts';

/** The day on which the police of districts ended. */
const endOfDistricts = '2025-03-01';

const takenOver = {
  vi: 'Công an cấp tỉnh đảm nhiệm công việc của công an cấp huyện.',
  en: 'The police of the province took over the work of the district.',
};

/**
 * 2025-03-01: the police of districts and their teams end, and that of the province takes over their work; their
 * communes move under the province.
 */
export function endDistricts(draft: TreeDraft): void {
  const communes = byParent(draft.ofLevel('COMMUNE'));
  const teams = byParent(draft.ofLevel('TEAM'));
  for (const district of draft.ofLevel('DISTRICT')) {
    const { parent: province } = lastOf(district);
    if (!province) continue;
    const moved = communes.get(district) ?? [];
    for (const commune of moved) draft.change(commune, endOfDistricts, { parent: province });
    const ended = [district, ...(teams.get(district) ?? [])];
    for (const unit of ended) draft.close(unit, endOfDistricts);
    const links = ended.map((unit) => linkOf(unit, province, 'FULL'));
    draft.happened('CLOSE', endOfDistricts, ended, { links, note: takenOver });
    draft.happened('MOVE', endOfDistricts, moved);
  }
}
