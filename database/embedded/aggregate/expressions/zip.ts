import type { Document } from '../../core/document.ts';
import type { Value } from '../../core/values.ts';
import { namedArguments, nameOfType, refuse } from './arguments.ts';
import { type Expression, isNullish, type Operator, type OperatorTable } from './expression.ts';

function listOf(value: Value | undefined, code: number, what: string): readonly Value[] {
  if (!Array.isArray(value)) {
    refuse(code, `${what} must be an array of expressions, found ${nameOfType(value)}`);
  }
  return value;
}

interface ZipSpec {
  readonly inputs: readonly Expression[];
  readonly defaults: readonly Expression[];
  readonly longest: boolean;
}

function zipSpec(spec: Value, compile: (spec: Value) => Expression, name: string): ZipSpec {
  const raw = namedArguments(spec, name, {
    required: [],
    optional: ['inputs', 'defaults', 'useLongestLength'],
    codes: [34460, 34464, 34465],
    messages: {
      object: (op, type) => `${op} only supports an object as an argument, found ${type}`,
      unknown: (op, key) => `${op} found an unknown argument: ${key}`,
    },
  });
  const inputs = listOf(raw.get('inputs') ?? [], 34461, 'inputs').map(compile);
  const defaults = listOf(raw.get('defaults') ?? [], 34462, 'defaults').map(compile);
  const longest = raw.get('useLongestLength') ?? false;
  if (typeof longest !== 'boolean') {
    refuse(34463, `useLongestLength must be a bool, found ${nameOfType(longest)}`);
  }
  if (inputs.length === 0) refuse(34465, '$zip requires at least one input array');
  if (defaults.length > 0 && !longest) {
    refuse(34466, 'cannot specify defaults unless useLongestLength is true');
  }
  if (defaults.length > 0 && defaults.length !== inputs.length) {
    refuse(34467, 'defaults and inputs must have the same length');
  }
  return { inputs, defaults, longest };
}

function rowsOf(columns: readonly (readonly Value[])[], fill: readonly Value[], longest: boolean): Value[] {
  const lengths = columns.map((column) => column.length);
  const height = longest ? Math.max(...lengths) : Math.min(...lengths);
  return Array.from({ length: height }, (_, row) =>
    columns.map((column, i) => column[row] ?? fill[i] ?? null),
  );
}

const zip: Operator = (spec, compiler, name) => {
  const { inputs, defaults, longest } = zipSpec(spec, compiler.compile, name);
  const evaluate = (root: Document): Value => {
    const columns: (readonly Value[])[] = [];
    for (const input of inputs) {
      const list = input.evaluate(root);
      if (isNullish(list)) return null;
      if (!Array.isArray(list)) {
        refuse(34468, `$zip found a non-array expression in input: ${nameOfType(list)}`);
      }
      columns.push(list);
    }
    return rowsOf(
      columns,
      defaults.map((item) => item.evaluate(root) ?? null),
      longest,
    );
  };
  return { args: [...inputs, ...defaults], evaluate };
};

/** Arrays side by side. */
export const zipOperators: OperatorTable = { $zip: zip };
