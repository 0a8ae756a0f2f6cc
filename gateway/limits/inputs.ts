import { type DocumentNode, Kind, visit } from 'graphql';

/** How large the values are that come with an operation: the most of each that any of them has. */
export interface InputShape {
  /** Lists and objects inside each other. */
  readonly inputDepth: number;
  readonly listLength: number;
  /** In UTF-16 code units, as JavaScript counts characters. */
  readonly stringLength: number;
}

const memo = new WeakMap<DocumentNode, InputShape>();

/** Measures the literals of a document. */
export function literalShape(document: DocumentNode): InputShape {
  const known = memo.get(document);
  if (known) return known;
  const most = { inputDepth: 0, listLength: 0, stringLength: 0 };
  let depth = 0;
  const enter = (length: number) => {
    depth += 1;
    most.inputDepth = Math.max(most.inputDepth, depth);
    most.listLength = Math.max(most.listLength, length);
  };
  const leave = () => {
    depth -= 1;
  };
  visit(document, {
    [Kind.LIST]: { enter: ({ values }) => enter(values.length), leave },
    [Kind.OBJECT]: { enter: () => enter(0), leave },
    [Kind.STRING]: {
      enter: ({ value }) => {
        most.stringLength = Math.max(most.stringLength, value.length);
      },
    },
  });
  memo.set(document, most);
  return most;
}

/** Measures the variables of a request. It keeps a stack of its own: JSON may be deeper than calls may be. */
export function variablesShape(variables: Readonly<Record<string, unknown>>): InputShape {
  const most = { inputDepth: 0, listLength: 0, stringLength: 0 };
  const waiting = Object.values(variables).map((value) => ({ value, depth: 1 }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string') most.stringLength = Math.max(most.stringLength, value.length);
    if (typeof value !== 'object' || value === null) continue;
    most.inputDepth = Math.max(most.inputDepth, depth);
    if (Array.isArray(value)) most.listLength = Math.max(most.listLength, value.length);
    for (const item of Object.values(value)) waiting.push({ value: item, depth: depth + 1 });
  }
  return most;
}
