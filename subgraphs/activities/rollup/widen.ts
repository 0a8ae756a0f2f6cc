import type { DateSpan } from '../../../schema/scalars/period.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { allOf, inRange } from '../../records/filter.ts';
import { driverOptions } from '../../records/read.ts';
import { wholeMonthsAround } from '../../records/wholeMonths.ts';
import type { Question } from './question.ts';

/**
 * Widens a span to whole months where nothing that is asked for lies in the days that come in, and that of a whole campaign
 * to all time (null) where nothing lies outside of it: the sums stay the same, and cells of months or of all time hold
 * them. By one command for each end that is looked beyond; each looks at one cell.
 */
export async function widened(
  cube: ReadableCube,
  question: Question,
  span: DateSpan | null,
  signal: AbortSignal | undefined,
): Promise<DateSpan | null> {
  if (!span) return null;
  if (question.wholeCampaign && span === question.span) {
    const outside = [{ before: span.from }, { from: span.before }];
    const empty = await Promise.all(outside.map((each) => isEmpty(cube, question, each, signal)));
    return empty.every(Boolean) ? null : span;
  }
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
  { from, before }: Partial<DateSpan>,
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
