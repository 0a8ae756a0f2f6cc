import type { Asked } from './questions.ts';

/** What there is to ask about at one size: all of it asked from the graph itself. */
export interface Variety {
  /** Codes of units that existed when the campaign was launched, by level; spread over the whole list. */
  readonly units: readonly (readonly string[])[];
  /** Codes of campaigns of single units. */
  readonly campaigns: readonly string[];
  /** Words that a person types who looks for one of the units. */
  readonly words: readonly string[];
}

type Ask = (query: string, variables?: object) => Promise<Asked>;

interface Page {
  readonly nodes: readonly { readonly code: string; readonly name?: { readonly vi: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** The levels that a question about a unit is spread over, one request each in turn, at both sizes alike. */
export const levels = ['MINISTRY', 'PROVINCE', 'DISTRICT', 'COMMUNE'] as const;

const SPREAD = 100;

/** Asks the graph what there is. */
export async function varietyOf(ask: Ask): Promise<Variety> {
  const units: string[][] = [];
  const words: string[] = [];
  for (const level of levels) {
    const found = spread(await unitsOf(ask, level), SPREAD);
    units.push(found.map(({ code }) => code));
    words.push(...spread(found, SPREAD / 4).map(({ name }) => typed(name?.vi ?? '')));
  }
  const { campaigns } = (await ask('{ campaigns(first: 100) { nodes { code } } }')) as unknown as {
    campaigns: Page;
  };
  return { units, words, campaigns: campaigns.nodes.map(({ code }) => code) };
}

async function unitsOf(ask: Ask, level: string): Promise<Page['nodes']> {
  const query = `query ($after: String) {
    units(first: 100, after: $after, filter: { level: [${level}], existsOn: "2021-08-15" }) {
      nodes { code name { vi } } pageInfo { hasNextPage endCursor }
    }
  }`;
  const nodes: Page['nodes'][number][] = [];
  for (let after: string | null = null; ; ) {
    const { units } = (await ask(query, { after })) as unknown as { units: Page };
    nodes.push(...units.nodes);
    if (!units.pageInfo.hasNextPage) return nodes;
    after = units.pageInfo.endCursor;
  }
}

/** At most so many of a list, at equal distances. */
const spread = <T>(list: readonly T[], most: number): T[] =>
  list.filter(
    (_, index) =>
      index === 0 ||
      Math.floor((index * most) / list.length) > Math.floor(((index - 1) * most) / list.length),
  );

/** The last two words of a name, without diacritics, as most people type them. */
const typed = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/giu, 'd')
    .toLowerCase()
    .split(' ')
    .slice(-2)
    .join(' ');
