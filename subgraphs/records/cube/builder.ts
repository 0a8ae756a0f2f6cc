import type { AddTo, Cell } from './definition.ts';
import { addInto, type OpenSums } from './sums.ts';

/** A cell that is being added up; `sums.rows` is how many rows it counts. */
export interface OpenCell {
  readonly name: string;
  readonly keys: Cell['keys'];
  readonly sums: OpenSums;
}

/**
 * Adds up cells in memory. Cells are kept by the path that their rows lie within, so that those of a subtree can be taken
 * out when the build has left it: what is held at once are the cells of one line of units.
 */
export class CellBuilder {
  readonly #byPath = new Map<string | null, Map<string, OpenCell>>();

  /** Gives what a cube's `count` tells of a row to, adding it or taking it away. */
  adder(sign: 1 | -1): AddTo {
    return (name, within, keys, sums) => {
      const cells = this.#cellsAt(within);
      let cell = cells.get(name);
      if (!cell) {
        cell = { name, keys: keys(), sums: {} };
        cells.set(name, cell);
      }
      addInto(cell.sums, { rows: 1 }, sign);
      addInto(cell.sums, sums, sign);
    };
  }

  /** Takes out the cells that no row at or after a path can count in, rows coming in the order of paths. */
  takeLeft(path: string): OpenCell[] {
    const left = [...this.#byPath.keys()].filter((within) => within !== null && !path.startsWith(within));
    return left.flatMap((within) => this.#take(within));
  }

  takeAll(): OpenCell[] {
    return [...this.#byPath.keys()].flatMap((within) => this.#take(within));
  }

  #take(within: string | null): OpenCell[] {
    const cells = [...(this.#byPath.get(within)?.values() ?? [])];
    this.#byPath.delete(within);
    return cells;
  }

  #cellsAt(within: string | null): Map<string, OpenCell> {
    const cells = this.#byPath.get(within) ?? new Map<string, OpenCell>();
    this.#byPath.set(within, cells);
    return cells;
  }
}
