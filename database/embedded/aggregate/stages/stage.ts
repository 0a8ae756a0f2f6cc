import type { Document } from '../../core/document.ts';
import type { Value } from '../../core/values.ts';
import type { PipelineEnv, Variables } from '../env.ts';

/** A compiled stage: documents in, documents out, one at a time where it can. */
export interface Stage {
  run(source: Iterable<Document>): Iterable<Document>;
}

/** What a stage's parser is given beside its specification. */
export interface StageContext {
  readonly env: PipelineEnv;
  readonly name: string;
  /** Compiles a pipeline inside the stage; `variables` are bound in addition to the outer ones. */
  compile(stages: readonly Value[], inside: Inside, variables?: Variables): Stage;
}

/** Where a pipeline stands, which decides what it may contain. */
export type Inside = 'top' | '$facet' | '$lookup' | '$unionWith';

export type StageParser = (spec: Value, context: StageContext) => Stage;

export type StageTable = Readonly<Record<string, StageParser>>;

/** A stage that makes each document into one, or drops it. */
export function perDocument(apply: (doc: Document) => Document | undefined): Stage {
  return {
    *run(source) {
      for (const doc of source) {
        const made = apply(doc);
        if (made !== undefined) yield made;
      }
    },
  };
}
