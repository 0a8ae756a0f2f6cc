import { readFileSync } from 'node:fs';

const read = (file: string): string => readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8');

/** A piece of the article in both languages; the English is ours, line by line. */
export interface Piece {
  readonly vi: string;
  readonly en: string;
}

/** The article about the plan, its lines in Vietnamese and in our English. */
export interface SourceArticle {
  readonly whole: Piece;
  /** Gives lines [from, to) of the article, what stands before the first `after` left out. */
  readonly piece: (from: number, to: number, after?: Piece) => Piece;
}

/** Reads the article. Throws RangeError when the translation has another number of lines, or an `after` is not there. */
export function readArticle(): SourceArticle {
  const lines = (file: string) => read(file).trim().split('\n');
  const vi = lines('campaign-plan-2021-08-15.vi.txt');
  const en = lines('campaign-plan-2021-08-15.en.txt');
  if (vi.length !== en.length) throw new RangeError('The article and its translation differ in lines.');
  const piece = (from: number, to: number, after: Piece = { vi: '', en: '' }): Piece => ({
    vi: textAfter(vi.slice(from, to).join('\n'), after.vi),
    en: textAfter(en.slice(from, to).join('\n'), after.en),
  });
  return { whole: piece(0, vi.length), piece };
}

function textAfter(text: string, start: string): string {
  const at = text.indexOf(start);
  if (at < 0) throw new RangeError(`"${start}" is not in the article.`);
  const rest = text.slice(at + start.length);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** `data/campaign-2021.json`, as far as the seed reads it. */
export interface PlanData {
  readonly campaign: {
    readonly code: string;
    readonly kind: 'SPECIAL';
    readonly issuedOn: string;
    readonly issuer: string;
    readonly signatory: { readonly title: string; readonly name: string };
    readonly documentKind: 'Kế hoạch';
    readonly documentNumber: string | null;
    readonly endsOn: string | null;
    readonly theme: Piece;
    readonly respondsTo: { readonly vi: string; readonly by: string };
  };
  readonly legalBases: readonly {
    readonly number: string | null;
    readonly date: string | null;
    readonly issuer: string;
    readonly kind: 'Kết luận';
  }[];
  readonly mottos: readonly { readonly code: 'PC1'; readonly role: 'NGUYEN_TAC'; readonly vi: string }[];
  readonly contentItems: readonly (Piece & {
    readonly code: string;
    readonly order: number;
    readonly trackable: boolean;
    readonly measures: string;
  })[];
  readonly targets: readonly {
    readonly code: string;
    readonly contentItem: string;
    readonly vi: string;
    readonly direction: 'DECREASE';
    readonly threshold: number;
    readonly comparator: 'LTE';
    readonly baselineYear: number;
    readonly period: string;
  }[];
}

/** Reads the plan's data, shipped as it was given to us. */
export const readPlan = (): PlanData => JSON.parse(read('campaign-2021.json')) as PlanData;
