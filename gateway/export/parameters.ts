import { inputInvalid } from '../../server/errors.ts';

/** What somebody asks for by the parameters of `/export/support.csv`. */
export interface ExportRequest {
  /** The variables of the first page. */
  readonly variables: {
    readonly filter: Readonly<Record<string, unknown>> | null;
    readonly after: string | null;
  };
  /** Whether the file begins with the mark by which Excel knows UTF-8. */
  readonly bom: boolean;
  /** Whether each row ends with the cursor to go on after it. */
  readonly cursors: boolean;
}

/** Parameters that may be repeated, and the field of SupportActivityFilter that takes their values. */
const lists: Readonly<Record<string, string>> = {
  campaign: 'campaign',
  unit: 'unit',
  under: 'under',
  province: 'provinceCode',
  kind: 'kind',
  group: 'group',
};
const periodFields: Readonly<Record<string, string>> = { from: 'from', before: 'before', period: 'code' };
const switches = ['bom', 'cursors'];
const known = [...Object.keys(lists), ...Object.keys(periodFields), 'after', ...switches];

/** Reads the parameters of a URL. Throws INPUT_INVALID for one that is unknown, empty, or repeated and may not be. */
export function readParameters(query: Readonly<Record<string, string | string[]>>): ExportRequest {
  const given = Object.entries(query).map(([name, value]) => [name, [value].flat()] as const);
  for (const [name, values] of given) check(name, values);
  const one = new Map(given.map(([name, [value]]) => [name, value]));
  const filter: Record<string, unknown> = Object.fromEntries(
    given.flatMap(([name, values]) => (lists[name] ? [[lists[name], values]] : [])),
  );
  const during = given.flatMap(([name, [value]]) =>
    periodFields[name] ? [[periodFields[name], value]] : [],
  );
  if (during.length > 0) filter.during = Object.fromEntries(during);
  return {
    variables: { filter: Object.keys(filter).length > 0 ? filter : null, after: one.get('after') ?? null },
    bom: one.get('bom') === '1',
    cursors: one.get('cursors') === '1',
  };
}

function check(name: string, values: readonly string[]): void {
  const refuse = (message: string) => inputInvalid(message, { parameter: name });
  if (!known.includes(name))
    throw refuse(
      `There is no parameter ${JSON.stringify(name.slice(0, 50))}; there are ${known.join(', ')}.`,
    );
  if (values.some((value) => value === '')) throw refuse(`The parameter ${name} is empty; leave it out.`);
  if (!lists[name] && values.length > 1) throw refuse(`The parameter ${name} can be given once.`);
  if (switches.includes(name) && !/^[01]$/u.test(values[0] ?? '')) throw refuse(`${name} takes 1 or 0.`);
}
