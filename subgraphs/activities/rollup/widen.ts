import type { DateSpan } from '../../../schema/scalars/period.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { inRange } from '../../records/filter.ts';
import { driverOptions } from '../../records/page.ts';
import { wholeMonthsAround } from './months.ts';
import { allOf, type Question } from './question.ts';

/**
 * Widens a span to whole months where nothing that is asked for lies in the days that come in: the sums stay the same, and
 * cells of months hold them. A campaign that began in the middle of a month is read so. By one command for each end that
 * lies within a month; each looks at one cell.
 */
export async function widened(
  cube: ReadableCube,
  question: Question,
  span: DateSpan | null,
  signal: AbortSignal | undefined,
): Promise<DateSpan | null> {
  if (!span) return null;
  const around = wholeMonthsAround(span);
  const [from, before] = await Promise.all([
    isEmpty(cube, question, { from: around.from, before: span.from }, signal),
    isEmpty(cube, question, { from: span.before, before: around.before }, signal),
  ]);
  return { from: from ? around.from : span.from, before: before ? around.before : span.before };
}

async function isEmpty(
  cube: ReadableCube,
  { filter }: Question,
  { from, before }: DateSpan,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (from === before) return true;
  const campaigns = filter.campaign ? { campaignCode: { $in: filter.campaign } } : {};
  const found = await cube.cells.collection.findOne(
    allOf([{ slot: 'DAY' }, inRange('startsOn', from, before), campaigns]) as never,
    { projection: { _id: 1 }, ...driverOptions(signal) },
  );
  return found === null;
}
