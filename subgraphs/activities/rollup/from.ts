import type { Model } from 'mongoose';
import type { DateSpan } from '../../../schema/scalars/period.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { allOf, inRange } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import type { Models } from '../model/models.ts';
import { cellsOf } from './cells.ts';
import { counted } from './measures.ts';
import type { Question } from './question.ts';
import type { From } from './read.ts';

/** The activities that a question means. */
export const matchOfActivities = (question: Question, span: DateSpan | null): Filter =>
  allOf([question.match, counted, span ? inRange('startsOn', span.from, span.before) : {}]);

/** Says where a rollup is read from: the cube when it stands and its cells know what is asked, else the activities. */
export function fromOf(question: Question, cube: ReadableCube | null, models: Models): From {
  const cells = cube && cellsOf(question);
  if (!cells) {
    return {
      counting: 'ACTIVITIES',
      rows: models.activities as unknown as Model<never>,
      match: (span) => matchOfActivities(question, span),
    };
  }
  return { counting: 'CELLS', rows: cube.cells as unknown as Model<never>, match: cells };
}
