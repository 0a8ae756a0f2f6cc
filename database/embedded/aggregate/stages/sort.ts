import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import { compileSort, type Sorter } from '../../core/sort.ts';
import type { Value } from '../../core/values.ts';
import { Ranked } from '../accumulators/several.ts';
import { sizeOf } from '../accumulators/size.ts';
import type { PipelineEnv } from '../env.ts';
import { refuse } from '../expressions/arguments.ts';
import { MEMORY_LIMIT } from '../memory.ts';
import type { Stage, StageParser, StageTable } from './stage.ts';

interface Keyed {
  readonly key: Value[];
  readonly doc: Document;
}

/** Checks a $sort's specification. */
export function sortSpec(spec: Value): Document {
  if (!(spec instanceof Document)) refuse(15973, 'the $sort key specification must be an object');
  if (spec.size === 0) refuse(15976, '$sort stage must have at least one sort key');
  return spec;
}

function checkMemory(bytes: number, env: PipelineEnv): void {
  if (bytes <= MEMORY_LIMIT || env.allowDiskUse !== false) return;
  fail(
    292,
    'QueryExceededMemoryLimitNoDiskUseAllowed',
    `Sort exceeded memory limit of ${MEMORY_LIMIT} bytes, but did not opt in to external sorting. Aborting operation. Pass allowDiskUse:true to opt in.`,
  );
}

function allSorted(source: Iterable<Document>, sorter: Sorter, env: PipelineEnv): Keyed[] {
  const all: Keyed[] = [];
  let bytes = 0;
  for (const doc of source) {
    all.push({ key: sorter.keyOf(doc), doc });
    bytes += sizeOf(doc);
    checkMemory(bytes, env);
  }
  return all.sort((a, b) => sorter.compareKeys(a.key, b.key));
}

function firstSorted(source: Iterable<Document>, sorter: Sorter, limit: number): readonly Keyed[] {
  const first = new Ranked<Keyed>(limit, (a, b) => sorter.compareKeys(a.key, b.key));
  for (const doc of source) first.add({ key: sorter.keyOf(doc), doc });
  return first.items;
}

/** How many documents a sort keeps while it reads; beyond that sorting all is no worse. */
const MOST_RANKED = 1000;

/** A stable sort; with a small `limit` only so many documents are held. */
export function sortStage(spec: Document, env: PipelineEnv, limit = Infinity): Stage {
  const sorter = compileSort(spec, env.collation);
  return {
    *run(source) {
      const sorted =
        limit <= MOST_RANKED ? firstSorted(source, sorter, limit) : allSorted(source, sorter, env);
      for (const { doc } of sorted) yield doc;
    },
  };
}

const sort: StageParser = (spec, { env }) => sortStage(sortSpec(spec), env);

/** Sorting. */
export const sortStages: StageTable = { $sort: sort };
