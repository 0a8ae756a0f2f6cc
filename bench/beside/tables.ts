import type { Measured } from '../measure.ts';
import { median, type Table } from '../table.ts';
import type { Contender, ContenderName } from './contender.ts';
import type { Rounds } from './rounds.ts';

/** What a contender keeps in RAM, in MB: the process that clients talk to, and all its processes. */
export interface Memory {
  readonly name: ContenderName;
  readonly front: number;
  readonly all: number;
}

export const memoryOf = ({ name, programs }: Contender): Memory => ({
  name,
  front: programs[0]?.residentMb() ?? 0,
  all: programs.reduce((sum, program) => sum + program.residentMb(), 0),
});

export const memoryTable = (title: string, memory: readonly Memory[]): Table => ({
  title,
  columns: ['of', 'gateway or server, MB', 'with its subgraphs, MB'],
  rows: memory.map(({ name, front, all }) => [name, front.toFixed(0), all.toFixed(0)]),
});

/** The medians of the rounds. */
export const roundsTable = (title: string, rounds: readonly Rounds[]): Table => ({
  title,
  columns: ['operation', 'of', 'req/s', 'p50 ms', 'p99 ms', 'errors', 'CPU ms/req', 'of that in front'],
  rows: rounds.flatMap(({ question, of }) =>
    [...of].map(([name, measured]) => {
      const middle = (pick: (each: Measured) => number) => median(measured.map(pick));
      return [
        question,
        name,
        middle(({ perSecond }) => perSecond).toFixed(1),
        middle(({ p50 }) => p50).toFixed(0),
        middle(({ p99 }) => p99).toFixed(0),
        String(measured.reduce((sum, { errors }) => sum + errors, 0)),
        middle(({ cpuMs }) => cpuMs).toFixed(2),
        middle(({ frontCpuMs }) => frontCpuMs).toFixed(2),
      ];
    }),
  ),
});
