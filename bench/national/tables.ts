import { percentile, type Table } from '../table.ts';
import type { Place, Size } from './places.ts';
import type { Question } from './questions.ts';
import type { Read } from './reading.ts';
import type { Timed } from './timing.ts';

const MOST_GROWTH = 1.5;
const MOST_MS = 1_500;
const MOST_PER_ROW = 20;
const MOST_MINUTES = 20;
const MOST_GB = 12;

const verdict = (holds: boolean): string => (holds ? 'yes' : 'NO');

/** How long the seeds took and what they take on the disk. */
export const seedTable = (places: readonly Place[]): Table => ({
  title: 'Seeds',
  columns: ['seed', 'minutes', 'goal', 'GB on disk', 'goal', 'held'],
  rows: places.map(({ size, seeded }) => {
    if (!seeded) return [size, 'given'];
    const minutes = seeded.seconds / 60;
    const gb = seeded.bytes / 1e9;
    return [
      size,
      minutes.toFixed(1),
      `≤ ${MOST_MINUTES}`,
      gb.toFixed(2),
      `≤ ${MOST_GB}`,
      verdict(minutes <= MOST_MINUTES && gb <= MOST_GB),
    ];
  }),
});

/** What differs from one request of an operation to the next. */
export const variedTable = (questions: readonly Question[]): Table => ({
  title:
    'What the operations are asked with: units of the four levels ministry, province, district and commune in turn, at both sizes alike',
  columns: ['operation', 'varied', 'different variables'],
  rows: questions.map(({ name, varied, variables }) => [
    name,
    varied.join(', ') || 'nothing',
    String(new Set(variables.map((each) => JSON.stringify(each))).size),
  ]),
});

/** How long the operations take at both sizes. */
export const timeTable = (times: readonly Timed[]): Table => ({
  title: 'Milliseconds at national volume against CI volume, together layout, one request at a time',
  columns: [
    'operation',
    'requests',
    'rows ci',
    'national',
    'p50 ci',
    'p50 national',
    'p95 ci',
    'p95 national',
    'ratio',
    'goal',
    'held',
    'errors',
  ],
  rows: times.map(({ name, goal, ms, rows, errors }) => {
    const of = (size: Size, share: number) => percentile(ms[size], share);
    const ratio = of('national', 0.95) / of('ci', 0.95);
    const holds = goal === 'ratio' ? ratio <= MOST_GROWTH : of('national', 0.95) <= MOST_MS;
    return [
      name,
      String(ms.national.length),
      String(rows.ci),
      String(rows.national),
      ...[of('ci', 0.5), of('national', 0.5), of('ci', 0.95), of('national', 0.95)].map((each) =>
        each.toFixed(1),
      ),
      ratio.toFixed(2),
      goal === 'ratio' ? `ratio ≤ ${MOST_GROWTH}` : `p95 ≤ ${MOST_MS} ms`,
      verdict(holds && errors === 0),
      String(errors),
    ];
  }),
});

/** What the operations ask of the database, and what it looks at for the worst of them. */
export const readTable = (
  questions: readonly Question[],
  reads: Readonly<Record<Size, ReadonlyMap<string, readonly Read[]>>>,
): Table => ({
  title:
    'What an operation reads: MongoDB commands at both sizes, and documents examined for its worst variables at national volume',
  columns: [
    'operation',
    'commands ci',
    'national',
    'constant',
    'documents',
    'rows',
    'per row',
    'goal',
    'held',
  ],
  rows: questions.map(({ name, goal }) => {
    const most = (size: Size) =>
      Math.max(0, ...(reads[size].get(name) ?? []).map(({ commands }) => commands));
    const worst = (reads.national.get(name) ?? []).toSorted((a, b) => perRow(b) - perRow(a))[0];
    const counts = [String(most('ci')), String(most('national')), verdict(most('ci') === most('national'))];
    if (!worst) return [name, ...counts, 'no answer'];
    return [
      name,
      ...counts,
      String(worst.documents),
      String(worst.rows),
      perRow(worst).toFixed(1),
      goal === 'ratio' ? `≤ ${MOST_PER_ROW}` : '',
      goal === 'ratio' ? verdict(perRow(worst) <= MOST_PER_ROW) : '',
    ];
  }),
});

const perRow = ({ documents, rows }: Read): number => documents / rows;
