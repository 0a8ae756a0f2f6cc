import { type Collation, hashKey } from '../../core/compare.ts';
import { Document } from '../../core/document.ts';
import { isNumber } from '../../core/numbers.ts';
import { Int32, type Value } from '../../core/values.ts';
import type { Accumulator } from '../accumulators/accumulator.ts';
import { parseStatement, type Statement } from '../accumulators/statement.ts';
import type { PipelineEnv } from '../env.ts';
import { refuse } from '../expressions/arguments.ts';
import { newCompiler } from '../expressions/compile.ts';
import type { Expression } from '../expressions/expression.ts';
import { asInt } from '../expressions/integers.ts';
import { Memory } from '../memory.ts';
import type { Stage, StageParser, StageTable } from './stage.ts';

interface Group {
  readonly id: Value;
  readonly states: readonly Accumulator[];
}

const nothing = Document.of();
/** What a group costs beside its key and what its accumulators hold. */
const GROUP_BYTES = 200;
/** Accumulators whose memory MongoDB never spills. */
const UNBOUNDED = new Set(['$push', '$addToSet', '$firstN', '$lastN', '$maxN', '$minN', '$topN', '$bottomN']);

/** Groups documents as they come; the groups are in the order in which they began. */
class Grouping {
  readonly #groups = new Map<string | number, Group>();
  readonly #statements: readonly Statement[];
  readonly #env: PipelineEnv;
  readonly #memory: Memory;
  readonly #held: Memory;
  readonly #measured: readonly number[];
  constructor(statements: readonly Statement[], env: PipelineEnv) {
    this.#statements = statements;
    this.#env = env;
    this.#memory = new Memory('$group', env, true);
    this.#measured = statements.flatMap(({ operator }, i) => (UNBOUNDED.has(operator) ? [i] : []));
    this.#held = new Memory(statements[this.#measured[0] ?? -1]?.operator ?? '$group', env, false);
  }

  add(id: Value, doc: Document): void {
    const { states } = this.#groupOf(id);
    const before = this.#measured.length > 0 ? this.#heldBy(states) : 0;
    for (let i = 0; i < states.length; i++) {
      const { argument } = this.#statements[i] as Statement;
      (states[i] as Accumulator).add(argument.evaluate(doc));
    }
    if (this.#measured.length > 0) this.#held.add(this.#heldBy(states) - before);
  }

  #heldBy(states: readonly Accumulator[]): number {
    let held = 0;
    for (const i of this.#measured) held += states[i]?.held ?? 0;
    return held;
  }

  #groupOf(id: Value): Group {
    const key = id instanceof Int32 ? id.value : keyOf(id, this.#env.collation);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const of = id instanceof Document ? id : nothing;
    const group = { id, states: this.#statements.map(({ create }) => create(of)) };
    this.#groups.set(key, group);
    this.#memory.add(GROUP_BYTES + (typeof key === 'string' ? key.length : 0));
    return group;
  }

  *results(): Iterable<Document> {
    for (const { id, states } of this.#groups.values()) {
      const names = ['_id'];
      const values = [id];
      for (let i = 0; i < states.length; i++) {
        names.push((this.#statements[i] as Statement).field);
        values.push((states[i] as Accumulator).result() ?? null);
      }
      yield Document.fromColumns(names, values);
    }
  }
}

/** Values that are equal share a key: an int its number, and so do the numbers of other types that equal it. */
function keyOf(id: Value, collation: Collation | undefined): string | number {
  if (!isNumber(id)) return hashKey(id, collation);
  const whole = asInt(id);
  return whole ?? hashKey(id);
}

/** A group by an expression; missing keys are null. */
export function groupStage(id: Expression, statements: readonly Statement[], env: PipelineEnv): Stage {
  return {
    *run(source) {
      const grouping = new Grouping(statements, env);
      for (const doc of source) grouping.add(id.evaluate(doc) ?? null, doc);
      yield* grouping.results();
    },
  };
}

const group: StageParser = (spec, { env }) => {
  if (!(spec instanceof Document)) refuse(15947, "a group's fields must be specified in an object");
  const compiler = newCompiler(env);
  let id: Expression | undefined;
  const statements: Statement[] = [];
  for (const [field, value] of spec.entries()) {
    if (field === '_id') {
      if (id !== undefined) refuse(15948, "a group's _id may only be specified once");
      id = compiler.compile(value);
    } else statements.push(parseStatement(field, value, compiler));
  }
  if (id === undefined) refuse(15955, 'a group specification must include an _id');
  return groupStage(id, statements, env);
};

/** Grouping. */
export const groupStages: StageTable = { $group: group };
