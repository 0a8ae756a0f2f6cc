import { Document } from '../core/document.ts';
import { int32, type Value } from '../core/values.ts';
import { isTrue } from '../store/index-definition.ts';
import type { Examined } from './execute.ts';
import { showInterval } from './intervals.ts';
import { arraysOn } from './multikey.ts';
import type { Access, IndexScan, Plan, Query } from './plan.ts';

type Fields = [string, Value][];

function indexScan(scan: IndexScan): Fields {
  const { index, bounds, reverse } = scan;
  const shown = index.fields.map(({ path, direction }, i): [string, Value] => {
    const descending = (direction === -1) !== reverse;
    const intervals = (bounds[i] ?? []).map((one) => showInterval(one, descending));
    return [path, descending ? intervals.toReversed() : intervals];
  });
  const multikeyPaths = index.paths.map((path): [string, Value] => [path, arraysOn(index, path)]);
  return [
    ['stage', 'IXSCAN'],
    ['keyPattern', index.spec.get('key') as Value],
    ['indexName', index.name],
    ['isMultiKey', index.multikey.size > 0],
    ['multiKeyPaths', Document.of(multikeyPaths)],
    ['isUnique', isTrue(index.spec.get('unique'))],
    ['isSparse', index.sparse],
    ['isPartial', index.partial !== undefined],
    ['indexVersion', int32(2)],
    ['direction', reverse ? 'backward' : 'forward'],
    ['indexBounds', Document.of(shown)],
  ];
}

/** What was done, for the stages that show it. */
interface Work {
  readonly examined: Examined;
  readonly returned: number;
}

function counted(fields: Fields, work: Work | undefined, more: Fields = []): Fields {
  if (!work) return fields;
  const [stage, ...rest] = fields;
  return [stage as [string, Value], ['nReturned', int32(work.returned)], ...more, ...rest];
}

function accessTree(access: Access, query: Query, work: Work | undefined): Fields {
  const filter: Fields = query.filter.size > 0 ? [['filter', query.filter]] : [];
  const examined = work?.examined;
  const documents: Fields = examined ? [['docsExamined', int32(examined.documents)]] : [];
  switch (access.stage) {
    case 'EOF':
      return counted([['stage', 'EOF']], work);
    case 'COLLSCAN':
      return counted(
        [['stage', 'COLLSCAN'], ...filter, ['direction', access.reverse ? 'backward' : 'forward']],
        work,
        documents,
      );
    case 'IDHACK':
      return counted(
        [['stage', 'IDHACK']],
        work,
        examined ? [['keysExamined', int32(examined.keys)], ...documents] : [],
      );
    case 'IXSCAN': {
      const scan = counted(
        indexScan(access),
        work && { ...work, returned: work.examined.documents },
        examined ? [['keysExamined', int32(examined.keys)]] : [],
      );
      return [
        ...counted([['stage', 'FETCH'], ...filter], work, documents),
        ['inputStage', Document.of(scan)],
      ];
    }
    default: {
      const branches = access.branches.map((branch) => Document.of(indexScan(branch)));
      const or = Document.of([
        ['stage', 'OR'],
        ['inputStages', branches],
      ]);
      return [...counted([['stage', 'FETCH'], ...filter], work, documents), ['inputStage', or]];
    }
  }
}

/** The stages above the access to the collection, from the inside out. */
export interface Shape {
  readonly sort: Document | undefined;
  readonly skip: number;
  readonly limit: number | undefined;
  readonly projection: Document | undefined;
  readonly counts: boolean;
}

function around(stage: string, fields: Fields, input: Fields, work: Work | undefined): Fields {
  return [...counted([['stage', stage], ...fields], work), ['inputStage', Document.of(input)]];
}

function projectionStage({ projection }: Shape): string {
  const simple =
    projection
      ?.entries()
      .every(
        ([name, value]) => !name.includes('.') && !(value instanceof Document) && typeof value !== 'string',
      ) === true;
  const inclusive = projection?.entries().some(([name, value]) => name !== '_id' && isTrue(value)) === true;
  return simple && inclusive ? 'PROJECTION_SIMPLE' : 'PROJECTION_DEFAULT';
}

/** A plan as the tree of stages that `explain` shows (manual, "Explain Results"). */
export function planTree(plan: Plan, access: Access, query: Query, shape: Shape, work?: Work): Document {
  let tree = accessTree(access, query, work);
  const { sort, skip, limit, projection } = shape;
  const ownSort = sort !== undefined && sort.size > 0 && !plan.sorted;
  if (ownSort) {
    const most: Fields = limit === undefined ? [] : [['limitAmount', int32(limit + skip)]];
    tree = around(
      'SORT',
      [['sortPattern', sort], ...most, ['memLimit', int32(104857600)], ['type', 'simple']],
      tree,
      work,
    );
  }
  if (skip > 0) tree = around('SKIP', [['skipAmount', int32(skip)]], tree, work);
  if (limit !== undefined && !(ownSort && skip === 0))
    tree = around('LIMIT', [['limitAmount', int32(limit)]], tree, work);
  if (projection && projection.size > 0)
    tree = around(projectionStage(shape), [['transformBy', projection]], tree, work);
  if (shape.counts) tree = around('COUNT', [], tree, work);
  return Document.of(tree);
}

/** The `queryPlanner` part of an explain. */
export function queryPlanner(ns: string, plan: Plan, query: Query, shape: Shape): Document {
  const rejected = plan.rejected.map((access) => planTree({ ...plan, access }, access, query, shape));
  return Document.of([
    ['namespace', ns],
    ['indexFilterSet', false],
    ['parsedQuery', query.filter],
    ['maxIndexedOrSolutionsReached', false],
    ['maxIndexedAndSolutionsReached', false],
    ['maxScansToExplodeReached', false],
    ['winningPlan', planTree(plan, plan.access, query, shape)],
    ['rejectedPlans', rejected],
  ]);
}

/** The `executionStats` part of an explain. */
export function executionStats(plan: Plan, query: Query, shape: Shape, work: Work, ms: number): Document {
  return Document.of([
    ['executionSuccess', true],
    ['nReturned', int32(work.returned)],
    ['executionTimeMillis', int32(Math.round(ms))],
    ['totalKeysExamined', int32(work.examined.keys)],
    ['totalDocsExamined', int32(work.examined.documents)],
    ['executionStages', planTree(plan, plan.access, query, shape, work)],
  ]);
}
