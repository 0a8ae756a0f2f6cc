import { text } from '../../url/params.ts';

/** What is searched for, as it stands in the address. */
export const searchParam = { text: text('') };

/** Whether a text can be searched for: the graph wants at least two letters or digits. */
export const canSearch = (typed: string): boolean => (typed.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 2;
