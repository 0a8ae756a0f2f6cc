import type { Variables } from '../aggregate/env.ts';
import { compilePipeline } from '../aggregate/pipeline.ts';
import { Document } from '../core/document.ts';
import { int32, type Value } from '../core/values.ts';
import type { Examined } from '../planner/execute.ts';
import type { Access } from '../planner/plan.ts';
import { envOf, type PipelineContext } from './pipelines.ts';

/**
 * A stage behind the planner's part of an explained pipeline. It is compiled by itself, so that what it reads of other
 * collections can be told from what its neighbours read. MongoDB gives these counts for `$lookup` (manual, "Explain
 * Results", `$lookup`); here they are given for every stage that
 * has read another collection.
 */
export class WatchedStage {
  readonly spec: Document;
  readonly #context: PipelineContext;
  readonly #variables: Variables;
  readonly #joins: Examined[] = [];
  readonly #indexes = new Set<string>();
  #collectionScans = 0;
  #returned = 0;

  constructor(spec: Document, context: PipelineContext, variables: Variables) {
    this.spec = spec;
    this.#context = {
      ...context,
      onJoin: ({ plan, examined }) => {
        this.#joins.push(examined);
        this.#note(plan.access);
      },
    };
    this.#variables = variables;
  }

  /** Runs the stage on documents, and counts. */
  *run(source: Iterable<Document>): Generator<Document, void> {
    const stage = compilePipeline([this.spec], envOf(this.#context, this.#variables));
    for (const doc of stage.run(source)) {
      this.#returned += 1;
      yield doc;
    }
  }

  /** The stage as it was given, with what it did; to be called when all is read. */
  explained(): Document {
    const joins = this.spec.has('$lookup') || this.#joins.length > 0;
    const sum = (count: (examined: Examined) => number) =>
      int32(this.#joins.reduce((total, examined) => total + count(examined), 0));
    const counts: [string, Value][] = [
      ['totalDocsExamined', sum(({ documents }) => documents)],
      ['totalKeysExamined', sum(({ keys }) => keys)],
      ['collectionScans', int32(this.#collectionScans)],
      ['indexesUsed', [...this.#indexes]],
    ];
    return Document.of([
      ...this.spec.entries(),
      ...(joins ? counts : []),
      ['nReturned', int32(this.#returned)],
    ]);
  }

  #note(access: Access): void {
    if (access.stage === 'COLLSCAN') this.#collectionScans += 1;
    if (access.stage === 'IDHACK' || access.stage === 'IXSCAN') this.#indexes.add(access.index.name);
    if (access.stage === 'OR') for (const { index } of access.branches) this.#indexes.add(index.name);
  }
}
