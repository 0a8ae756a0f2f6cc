import { Document } from '../../core/document.ts';
import type { Value } from '../../core/values.ts';
import { type NamedArguments, namedArguments, refuse } from '../expressions/arguments.ts';
import type { Compiler, Expression } from '../expressions/expression.ts';
import { orderOf } from '../order.ts';
import type { Accumulation, Accumulator, AccumulatorOperator, AccumulatorTable } from './accumulator.ts';
import { countOf, Ranked } from './several.ts';
import { sizeOf } from './size.ts';

interface Entry {
  readonly doc: Document;
  readonly output: Value;
}

/** Keeps the outputs of the n documents that come first, or last, in an order. */
class Top implements Accumulator {
  readonly #ranked: Ranked<Entry>;
  readonly #single: boolean;
  held = 0;
  constructor(n: number, compare: (a: Document, b: Document) => number, fromEnd: boolean, single: boolean) {
    this.#ranked = new Ranked<Entry>(n, (a, b) => compare(a.doc, b.doc), fromEnd);
    this.#single = single;
  }
  add(pair: Value | undefined): void {
    const [doc, output] = pair as [Document, Value];
    this.#ranked.add({ doc, output });
    this.held = Math.max(this.held, this.#ranked.items.length * sizeOf(output));
  }
  result(): Value {
    const outputs = this.#ranked.items.map(({ output }) => output);
    return this.#single ? (outputs[0] ?? null) : outputs;
  }
}

const messages: NonNullable<NamedArguments['messages']> = {
  object: (_op, type) => `specification must be an object; found ${type}`,
  unknown: (op, key) => `Unknown argument to ${op} '${key}'`,
  missing: (_op, key) => {
    const code = key === 'n' ? 5788003 : key === 'output' ? 5788004 : 5788005;
    return refuse(code, `Missing value for '${key}'`);
  },
};

/** Pairs a document with its output, so that the state can put documents in order. */
function paired(output: Expression): Expression {
  return {
    evaluate: (root) => [root, output.evaluate(root) ?? null],
    isConstant: false,
    form: { kind: 'call', operator: '$top', args: [output] },
  };
}

function topArguments(
  spec: Value,
  compiler: Compiler,
  name: string,
  several: boolean,
): { n: Expression | undefined; output: Expression; sortBy: Document } {
  const raw = namedArguments(spec, name, {
    required: several ? ['n', 'output', 'sortBy'] : ['output', 'sortBy'],
    codes: [5788001, 5788002, 5788003],
    messages,
  });
  const sortBy = raw.get('sortBy');
  if (!(sortBy instanceof Document))
    refuse(5788604, "expected 'sortBy' to already be an object in the arguments");
  return {
    n: several ? compiler.compile(raw.get('n') as Value) : undefined,
    output: compiler.compile(raw.get('output') as Value),
    sortBy,
  };
}

const top =
  (several: boolean, fromEnd: boolean): AccumulatorOperator =>
  (spec, compiler, name): Accumulation => {
    const { n, output, sortBy } = topArguments(spec, compiler, name, several);
    const compare = orderOf(sortBy, compiler.env.collation);
    for (const path of sortBy.keys()) compiler.paths.add(path);
    return {
      argument: paired(output),
      create: (key) => new Top(n === undefined ? 1 : countOf(n.evaluate(key)), compare, fromEnd, !several),
    };
  };

/** Accumulators of the first and last documents of an order of their own. */
export const topAccumulators: AccumulatorTable = {
  $top: top(false, false),
  $bottom: top(false, true),
  $topN: top(true, false),
  $bottomN: top(true, true),
};
