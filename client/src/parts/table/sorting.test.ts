import { expect, test } from 'vitest';
import { SUPPRESSED } from '../suppressed.ts';
import type { CellValue, Column } from './columns.ts';
import { readSorting, sortRows, writeSorting } from './sorting.ts';

interface Row {
  readonly name: string;
  readonly people: CellValue;
}

const rows: Row[] = [
  { name: 'Đắk Lắk', people: 7 },
  { name: 'An Giang', people: SUPPRESSED },
  { name: 'Bắc Ninh', people: null },
  { name: 'Cà Mau', people: 12 },
];
const columns: Column<Row>[] = [
  { key: 'name', header: 'Tỉnh', value: ({ name }) => name },
  { key: 'people', header: 'Người', value: ({ people }) => people },
];
const { compare } = new Intl.Collator('vi');
const namesBy = (sort: string) => sortRows(rows, columns, readSorting(sort), compare).map(({ name }) => name);

test('rows are sorted by a column in either direction, by the Vietnamese alphabet', () => {
  expect(namesBy('name')).toEqual(['An Giang', 'Bắc Ninh', 'Cà Mau', 'Đắk Lắk']);
  expect(namesBy('-name')).toEqual(['Đắk Lắk', 'Cà Mau', 'Bắc Ninh', 'An Giang']);
});

test('what is not known comes last in either direction', () => {
  expect(namesBy('people')).toEqual(['Đắk Lắk', 'Cà Mau', 'An Giang', 'Bắc Ninh']);
  expect(namesBy('-people')).toEqual(['Cà Mau', 'Đắk Lắk', 'An Giang', 'Bắc Ninh']);
});

test('a column that there is not leaves the rows as they came', () => {
  expect(namesBy('weight')).toEqual(rows.map(({ name }) => name));
  expect(writeSorting(readSorting('-people'))).toBe('-people');
});
