import { readFileSync } from 'node:fs';
import type { CatalogueRow } from '../../../subgraphs/activities/index.ts';

const file = new URL('./data/support-catalog.tsv', import.meta.url);

/** A remark at the end of an English name that is a flag here: "Disabled people (SENSITIVE: health)". */
const remark = / \((SENSITIVE: \w+|child: [\w ]+|note required)\)$/u;

/** Reads the catalogues of kinds, groups and funding sources from the published list, in its order. */
export function readCatalogue(): CatalogueRow[] {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line, order) => {
    const [dimension = '', code = '', vi = '', en = '', origin = ''] = line.split('\t');
    const flag = remark.exec(en)?.[1] ?? '';
    return {
      _id: `${dimension}:${code}`,
      dimension: dimension as CatalogueRow['dimension'],
      code,
      order,
      name: { vi, en: en.replace(remark, '') },
      origin,
      buildsHouse: code === 'NHA_TINH_NGHIA',
      noteRequired: flag.startsWith('note'),
      sensitive: flag.startsWith('SENSITIVE') || flag.startsWith('child'),
    };
  });
}
