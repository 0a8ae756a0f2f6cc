import { expect, it } from 'vitest';
import { layout2021, layout2025, layoutFor } from './layout.ts';

const beside = ['HS', 'NONE', 'TS'];

it('has places for the 63 provinces of 2021 and the 34 of 2025, and no two in one place', () => {
  expect(layout2021.size).toBe(63 + beside.length);
  expect(layout2025.size).toBe(34 + beside.length);
  for (const layout of [layout2021, layout2025]) {
    expect([...layout.keys()]).toEqual(expect.arrayContaining(beside));
    const places = [...layout.values()].map(({ row, column }) => `${row}/${column}`);
    expect(new Set(places).size).toBe(layout.size);
  }
});

it('keeps the north above the south: Hà Nội, Huế, Cần Thơ', () => {
  for (const layout of [layout2021, layout2025]) {
    const rows = ['01', '46', '92'].map((code) => layout.get(code)?.row ?? 0);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
  }
});

it('takes the layout of the provinces that an answer has', () => {
  expect(layoutFor(['01', '45', 'NONE'])).toBe(layout2021);
  expect(layoutFor(['01', '44', 'NONE'])).toBe(layout2025);
});
