import { createContext } from 'react';
import type { LevelFragment } from '../../graph/operations.generated.ts';

/** What all items of the tree know. */
export interface TreeState {
  /** The units that are open, by their codes, each with those right under it; while one is asked for, it is not there. */
  readonly levels: ReadonlyMap<string, LevelFragment>;
  /** The code of the unit whose item can be reached with Tab. */
  readonly reached: string;
}

export const TreeContext = createContext<TreeState>({ levels: new Map(), reached: '' });
