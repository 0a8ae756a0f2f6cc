import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, csvLine } from './csv.ts';

describe('a line of CSV', () => {
  it.each<[string, readonly Cell[], string]>([
    ['writes numbers, marks and nothing plainly', ['A', 12, -3, true, null], 'A,12,-3,true,\r\n'],
    ['quotes what would end a cell', ['a,b', 'say "no"', 'x\ny'], '"a,b","say ""no""","x\ny"\r\n'],
    ['lets no text compute', ['=1+1', '+84', '-2', '@SUM(A1)'], "'=1+1,'+84,'-2,'@SUM(A1)\r\n"],
    ['keeps what is no ASCII', ['Đắk Lắk'], 'Đắk Lắk\r\n'],
  ])('%s', (_, cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });

  it('is read back as it was, whatever its texts', () => {
    const text = fc.string({ unit: 'binary' }).filter((one) => !/^[=+\-@\t\r]/u.test(one));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (cells) => {
        expect(parsed(csvLine(cells))).toEqual(cells);
      }),
    );
  });
});

/** Reads one record by the grammar of RFC 4180. */
const parsed = (line: string): string[] =>
  [...`,${line.slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/gu)].map(([, quoted, plain = '']) =>
    quoted === undefined ? plain : quoted.replaceAll('""', '"'),
  );
