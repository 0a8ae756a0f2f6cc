import type { Filter } from '../../records/keyset.ts';
import type { HouseRow } from '../model/house.ts';

/** The one rule of being overdue, in the three ways it is asked: past the due day, and on that day neither finished nor called off. */
export const isOverdue = (
  house: Pick<HouseRow, 'dueOn' | 'completedOn' | 'cancelledOn'>,
  on: string,
): boolean =>
  house.dueOn !== null &&
  house.dueOn < on &&
  (house.completedOn === null || house.completedOn > on) &&
  (house.cancelledOn === null || house.cancelledOn > on);

/** The same as a filter of houses. */
export const overdueFilter = (on: string): Filter => ({
  $and: [
    { dueOn: { $lt: on } },
    { $or: [{ completedOn: null }, { completedOn: { $gt: on } }] },
    { $or: [{ cancelledOn: null }, { cancelledOn: { $gt: on } }] },
  ],
});

/** The same as an expression over the fields at a path (`$` of a house, `$house.` of an activity); null sorts before every day. */
export const overdueExpression = (path: '$' | '$house.', on: string) => ({
  $and: [
    { $gt: [`${path}dueOn`, null] },
    { $lt: [`${path}dueOn`, on] },
    { $or: [{ $lte: [`${path}completedOn`, null] }, { $gt: [`${path}completedOn`, on] }] },
    { $or: [{ $lte: [`${path}cancelledOn`, null] }, { $gt: [`${path}cancelledOn`, on] }] },
  ],
});
