import { GraphQLError, type GraphQLScalarType, parseValue } from 'graphql';
import { expect, test } from 'vitest';
import { scalars } from './scalars.ts';

const scalar = (name: string): GraphQLScalarType => {
  const found = scalars[name];
  if (!found) throw new Error(`no scalar ${name}`);
  return found;
};

test.each([
  ['Date', '2021-08-15'],
  ['Date', '2024-02-29'],
  ['VND', 30_000_000_000],
  ['PeriodCode', '2021-W33'],
  ['PeriodCode', 'BCA-2021-COVID-TDDB:P2'],
  ['UnitCode', 'X00004.1'],
  ['UnitCode', 'BCA'],
  ['SupportKindCode', 'NHA_TINH_NGHIA'],
])('%s takes %s, as a variable and as a literal', (name, value) => {
  expect(scalar(name).parseValue(value)).toBe(value);
  expect(scalar(name).parseLiteral(parseValue(JSON.stringify(value)))).toBe(value);
});

test.each([
  ['Date', '2021-02-30', /YYYY-MM-DD; it was "2021-02-30"/u],
  ['Date', '15/8/2021', /YYYY-MM-DD/u],
  ['Date', 20210815, /YYYY-MM-DD; it was 20210815/u],
  ['DateTime', '2021-08-15', /RFC 3339/u],
  ['DateTime', '2021-08-15T25:00:00Z', /RFC 3339/u],
  ['VND', 1.5, /whole number/u],
  ['VND', '1000', /whole number/u],
  ['VND', 2 ** 53, /whole number/u],
  ['PeriodCode', '2021-13', /2021-Q3/u],
  ['UnitCode', 'T01.1/', /T01\.1/u],
  ['UnitCode', { $gt: '' }, /T01\.1/u],
  ['CampaignCode', '', /BCA-2021-COVID-TDDB/u],
])('%s refuses %j and says what it takes', (name, value, message) => {
  expect(() => scalar(name).parseValue(value)).toThrow(message);
  expect(() => scalar(name).parseValue(value)).toThrow(GraphQLError);
});

test('a code written without quotes is told that they are missing', () => {
  const parse = () => scalar('SupportKindCode').parseLiteral(parseValue('NHA_TINH_NGHIA'));
  expect(parse).toThrow('in quotes; it was NHA_TINH_NGHIA.');
});

test('an instant comes out in UTC, whatever its offset', () => {
  const instant = scalar('DateTime').parseValue('2021-08-15T08:00:00+07:00');
  expect(scalar('DateTime').serialize(instant)).toBe('2021-08-15T01:00:00.000Z');
});
