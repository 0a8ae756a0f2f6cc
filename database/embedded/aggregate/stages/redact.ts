import { Document } from '../../core/document.ts';
import { show } from '../../core/show.ts';
import type { Value } from '../../core/values.ts';
import { refuse } from '../expressions/arguments.ts';
import { newCompiler } from '../expressions/compile.ts';
import type { Cell, Expression } from '../expressions/expression.ts';
import { perDocument, type StageParser, type StageTable } from './stage.ts';

const KEEP = 'keep';
const PRUNE = 'prune';
const DESCEND = 'descend';

function redactValue(value: Value, rule: Expression, current: Cell, root: Document): Value | undefined {
  if (value instanceof Document) return redacted(value, rule, current, root);
  if (!Array.isArray(value)) return value;
  const items: Value[] = [];
  for (const item of value) {
    const kept = redactValue(item, rule, current, root);
    if (kept !== undefined) items.push(kept);
  }
  return items;
}

function redacted(doc: Document, rule: Expression, current: Cell, root: Document): Document | undefined {
  current.value = doc;
  const verdict = rule.evaluate(root);
  if (verdict === KEEP) return doc;
  if (verdict === PRUNE) return undefined;
  if (verdict !== DESCEND) {
    refuse(
      17053,
      `$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE, but returned ${show(verdict)}`,
    );
  }
  const kept: [string, Value][] = [];
  for (const [name, value] of doc.entries()) {
    const inner = redactValue(value, rule, current, root);
    if (inner !== undefined) kept.push([name, inner]);
  }
  return Document.of(kept);
}

const redact: StageParser = (spec, { env }) => {
  const current: Cell = { value: undefined };
  const cells = new Map<string, Cell>([
    ['CURRENT', current],
    ['KEEP', { value: KEEP }],
    ['PRUNE', { value: PRUNE }],
    ['DESCEND', { value: DESCEND }],
  ]);
  const rule = newCompiler(env, cells).compile(spec);
  return perDocument((doc) => redacted(doc, rule, current, doc));
};

/** Cutting documents by what they say. */
export const redactStages: StageTable = { $redact: redact };
