import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';
import { isPhaseCode, periodExamples, spanOfPeriod } from './scalars/period.ts';

/**
 * The code behind the graph's scalars. Subgraphs execute with them; the gateway is handed the same ones by its
 * root, so that a bad value is refused before a plan is made (API.md, rule 6).
 */

/** What a refused value is answered with: a code of server/errors.ts, and what would be right. */
interface Refusal {
  readonly code: string;
  readonly params?: Readonly<Record<string, string | readonly string[]>>;
}
const badInput: Refusal = { code: 'BAD_USER_INPUT' };
/** The same code as that of a period that is well written and means nothing here, so that a client meets one only. */
const badPeriod: Refusal = { code: 'PERIOD_INVALID', params: { expected: periodExamples } };

const refuse = (scalar: string, value: unknown, expected: string, refusal = badInput): never => {
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value);
  throw new GraphQLError(`${scalar} takes ${expected}; it was ${shown}.`, { extensions: { ...refusal } });
};

/** A scalar that travels as a string and must pass a test. */
function textScalar(
  name: string,
  expected: string,
  accepts: (text: string) => boolean,
  refusal = badInput,
): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string =>
    typeof value === 'string' && accepts(value) ? value : refuse(name, value, expected, refusal);
  return new GraphQLScalarType({
    name,
    serialize: parse,
    parseValue: parse,
    parseLiteral: (node) =>
      node.kind === Kind.STRING
        ? parse(node.value)
        : refuseLiteral(name, node, `${expected}, in quotes`, refusal),
  });
}

/** A literal of another kind is shown as it was written, so that missing quotes are seen to be missing. */
const refuseLiteral = (scalar: string, node: ValueNode, expected: string, refusal: Refusal): never => {
  throw new GraphQLError(`${scalar} takes ${expected}; it was ${print(node).slice(0, 80)}.`, {
    extensions: { ...refusal },
  });
};

const literalText = (node: ValueNode): unknown => ('value' in node ? node.value : node.kind);

/** A day of the calendar that exists; 2021-02-30 does not. */
export const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

export const DateScalar = textScalar('Date', 'a day as YYYY-MM-DD', isDate);

const dateTimePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/u;

const parseDateTime = (value: unknown): Date => {
  if (value instanceof Date) return value;
  const valid = typeof value === 'string' && dateTimePattern.test(value) && isDate(value.slice(0, 10));
  const date = valid ? new Date(value) : null;
  return date && !Number.isNaN(date.getTime())
    ? date
    : refuse('DateTime', value, 'an instant as RFC 3339, such as 2021-08-15T08:00:00Z');
};

/** An instant; a JavaScript Date inside, RFC 3339 in UTC outside. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => parseDateTime(value).toISOString(),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : literalText(node)),
});

const parseVnd = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value)
    ? value
    : refuse('VND', value, 'a whole number of đồng, at most 9,007,199,254,740,991');

/** Money: an exact integer number, not a GraphQL Int, which ends at 2.1 billion. */
export const VndScalar = new GraphQLScalarType<number, number>({
  name: 'VND',
  serialize: parseVnd,
  parseValue: parseVnd,
  parseLiteral: (node) =>
    node.kind === Kind.INT
      ? parseVnd(Number(node.value))
      : refuse('VND', literalText(node), 'a whole number of đồng'),
});

/**
 * An identity number is taken as it is and checked by the command: a scalar that refuses a value repeats it in its
 * message, and this one is to stand in none. What is no string becomes one of no known form.
 */
const IdentityNumberScalar = new GraphQLScalarType<string, never>({
  name: 'IdentityNumber',
  serialize: () => {
    throw new GraphQLError('An identity number is never given out.');
  },
  parseValue: (value) => (typeof value === 'string' ? value : ''),
  parseLiteral: (node) => (node.kind === Kind.STRING ? node.value : ''),
});

const matches = (pattern: RegExp) => (text: string) => pattern.test(text);
const catalogueCode = matches(/^[A-Z][A-Z0-9_]{1,39}$/u);

/** Every scalar of the graph by its name in the SDL. */
export const scalars: Readonly<Record<string, GraphQLScalarType>> = {
  Date: DateScalar,
  DateTime: DateTimeScalar,
  VND: VndScalar,
  IdentityNumber: IdentityNumberScalar,
  PeriodCode: textScalar(
    'PeriodCode',
    'a period such as 2021, 2021-H2, 2021-Q3, 2021-08, 2021-W33, or a phase such as BCA-2021-COVID-TDDB:P2',
    (text) => isPhaseCode(text) || spanOfPeriod(text) !== null,
    badPeriod,
  ),
  UnitCode: textScalar(
    'UnitCode',
    'a unit code such as BCA, T01.1, H001.1 or X00004.1',
    matches(/^[A-Z][A-Z0-9]{0,15}(\.\d{1,3})?$/u),
  ),
  CampaignCode: textScalar(
    'CampaignCode',
    'a campaign code such as BCA-2021-COVID-TDDB',
    matches(/^[A-Z0-9][A-Z0-9.-]{1,63}$/u),
  ),
  SupportKindCode: textScalar(
    'SupportKindCode',
    'a code of the support kinds, such as NHA_TINH_NGHIA',
    catalogueCode,
  ),
  BeneficiaryGroupCode: textScalar(
    'BeneficiaryGroupCode',
    'a code of the beneficiary groups, such as NGUOI_NGHEO',
    catalogueCode,
  ),
  FundingSourceCode: textScalar(
    'FundingSourceCode',
    'a code of the funding sources, such as XA_HOI_HOA',
    catalogueCode,
  ),
  AwardFormCode: textScalar('AwardFormCode', 'a code of the award forms, such as BK_BCA', catalogueCode),
};
