/**
 * What a command asks, with every value taken out: paths, operators and the names of collections stay, because the code
 * chose them; what may come from a person or about one becomes `?`, and a list of values `[3 values]`. Filters and
 * expressions are told apart: a text that begins with `$` is a path in an expression, and may be anything in a filter.
 */

const VALUE = '?';

type Fields = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Fields => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** The driver keeps sorts as maps. */
const plain = (value: unknown): unknown => (value instanceof Map ? Object.fromEntries(value) : value);

const mapped = (fields: Fields, of: (value: unknown, name: string) => unknown): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, of(value, name)]));

/** Of a list of values only its length is left. */
const listOf = (shapes: readonly unknown[]): unknown =>
  shapes.every((shape) => shape === VALUE)
    ? `[${shapes.length} ${shapes.length === 1 ? 'value' : 'values'}]`
    : shapes;

/** Each different shape once, and how many there were. */
function withoutAlike(shapes: readonly unknown[]): unknown[] {
  const different = [...new Map(shapes.map((shape) => [JSON.stringify(shape), shape])).values()];
  return different.length === shapes.length ? different : [...different, `… ${shapes.length} in all`];
}

/** Gives the shape of a filter (MongoDB manual, "Query Predicates"). */
export function filterShape(filter: unknown): unknown {
  const value = plain(filter);
  if (Array.isArray(value)) {
    const shape = listOf(value.map(filterShape));
    return Array.isArray(shape) ? withoutAlike(shape) : shape;
  }
  if (!isPlain(value)) return VALUE;
  return mapped(value, (inner, name) => (name === '$expr' ? expressionShape(inner) : filterShape(inner)));
}

/** Gives the shape of an expression: paths and variables stay. */
function expressionShape(expression: unknown): unknown {
  const value = plain(expression);
  if (Array.isArray(value)) return listOf(value.map(expressionShape));
  if (typeof value === 'string') return value.startsWith('$') ? value : VALUE;
  if (!isPlain(value)) return VALUE;
  return mapped(value, (inner, name) => (name === '$literal' ? VALUE : expressionShape(inner)));
}

/** What a stage names that is neither filter nor expression: collections, paths, inner pipelines. */
const parts: Readonly<Record<string, (value: unknown) => unknown>> = {
  from: (value) => value,
  coll: (value) => value,
  as: (value) => value,
  localField: (value) => value,
  foreignField: (value) => value,
  connectFromField: (value) => value,
  connectToField: (value) => value,
  depthField: (value) => value,
  restrictSearchWithMatch: filterShape,
  pipeline: pipelineShape,
};

const JOINS: ReadonlySet<string> = new Set(['$lookup', '$unionWith', '$graphLookup']);

/** Gives a projection or a sort: what is chosen and in which order stays, what is computed becomes its shape. */
export function choiceShape(choice: unknown): unknown {
  const value = plain(choice);
  if (value === undefined || value === null) return null;
  if (!isPlain(value)) return VALUE;
  return mapped(value, (inner) =>
    typeof inner === 'number' || typeof inner === 'boolean' ? inner : expressionShape(inner),
  );
}

function stageShape(stage: unknown): unknown {
  if (!isPlain(stage)) return VALUE;
  return mapped(stage, (spec, name) => {
    // The rows of $documents hold values alone: they are what a list of questions is about.
    if (name === '$match' || name === '$documents') return filterShape(spec);
    if (name === '$sort' || name === '$project') return choiceShape(spec);
    if (name === '$facet' && isPlain(spec)) return mapped(spec, pipelineShape);
    if (JOINS.has(name) && isPlain(spec)) {
      return mapped(spec, (part, key) => (parts[key] ?? expressionShape)(part));
    }
    return expressionShape(spec);
  });
}

/** Gives the shape of an aggregation pipeline, with the pipelines inside it. */
export function pipelineShape(pipeline: unknown): unknown {
  return Array.isArray(pipeline) ? pipeline.map(stageShape) : VALUE;
}
