import { expect, test } from 'vitest';
import { SUPPRESSED } from '../suppressed.ts';
import type { CellValue, Column } from './columns.ts';
import { csvOf } from './csv.ts';

type Row = readonly [name: string, people: CellValue];
const columns: Column<Row>[] = [
  { key: 'name', header: 'Đơn vị', value: ([name]) => name },
  { key: 'people', header: 'Người', value: ([, people]) => people },
];

test('rows are written for a spreadsheet: quoted where it must be, hidden numbers as such, nothing as nothing', () => {
  const rows: Row[] = [
    ['Công an tỉnh Quảng Trị', 12],
    ['Đội "Xanh", phường 5', SUPPRESSED],
    ['Công an xã A', null],
    ['Công an xã B', -3],
  ];
  expect(csvOf(columns, rows)).toBe(
    '\uFEFFĐơn vị,Người\r\n' +
      'Công an tỉnh Quảng Trị,12\r\n' +
      '"Đội ""Xanh"", phường 5",<5\r\n' +
      'Công an xã A,\r\n' +
      'Công an xã B,-3\r\n',
  );
});

test.each(['=1+1', '+84', '-1', '@SUM(A1)', '\tx'])('%j is a text to a spreadsheet, no formula', (name) => {
  expect(csvOf(columns, [[name, 1]]).split('\r\n')[1]).toBe(`'${name},1`);
});
