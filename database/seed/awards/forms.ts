import { readFileSync } from 'node:fs';
import type { AwardFormRecord, RuleProvenanceRecord } from '../../../subgraphs/awards/index.ts';
import { sourced, unverified } from './provenance.ts';

/** One row of data/award-catalog.tsv. */
export interface CatalogueRow {
  readonly code: string;
  readonly class: string;
  readonly recipient: string;
  readonly vi: string;
  readonly en: string;
  readonly decidedBy: string;
  readonly stateLevel: boolean;
  readonly bonusMultiple: number | null;
  readonly source: string;
}

/** The day the catalogue was brought into this form. */
const RECORDED = new Date('2026-01-01T00:00:00+07:00');

/** Reads the catalogue of forms, in its own order. */
export function readCatalogue(): CatalogueRow[] {
  const text = readFileSync(new URL('./data/award-catalog.tsv', import.meta.url), 'utf8');
  const [, ...lines] = text.trim().split('\n');
  return lines.map((line) => {
    const [
      code = '',
      name = '',
      recipient = '',
      vi = '',
      en = '',
      decidedBy = '',
      state,
      bonus,
      source = '',
    ] = line.split('\t');
    return {
      code,
      class: name,
      recipient,
      vi,
      en,
      decidedBy,
      stateLevel: state === '1',
      bonusMultiple: bonus ? Number(bonus) : null,
      source,
    };
  });
}

/** Who may receive a form: the catalogue says INDIVIDUAL, COLLECTIVE or BOTH. */
export const recipientKindsOf = ({ recipient }: CatalogueRow): AwardFormRecord['recipientKinds'] =>
  recipient === 'BOTH'
    ? ['COLLECTIVE', 'INDIVIDUAL']
    : [recipient === 'COLLECTIVE' ? recipient : 'INDIVIDUAL'];

const sources: Readonly<Record<string, string>> = {
  list: 'Luật 06/2022/QH15, Đ. 9, 19, 20, 33, 54',
  name: 'TT 35/2015/TT-BCA; the catalogue of the force',
  form: 'Luật 06/2022/QH15, Đ. 9',
};

/** "list:S bonus:S authority:M" → what each part of the row itself rests on; bonus and authority belong to the rules. */
function provenanceOf({ source }: CatalogueRow): RuleProvenanceRecord[] {
  return [...source.matchAll(/(list|name|form):([SM])/gu)].map(([, part = '', mark]) =>
    mark === 'S' ? sourced(part, sources[part] ?? null) : unverified(part, null),
  );
}

/** Gives the forms as stored. */
export const formRows = (rows: readonly CatalogueRow[]): AwardFormRecord[] =>
  rows.map((row, index) => ({
    _id: row.code,
    name: { vi: row.vi, en: row.en },
    class: row.class,
    recipientKinds: recipientKindsOf(row),
    stateLevel: row.stateLevel,
    order: index + 1,
    provenance: provenanceOf(row),
    createdAt: RECORDED,
    updatedAt: RECORDED,
    version: 1,
  }));
