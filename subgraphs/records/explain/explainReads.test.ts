import { expect, test } from 'vitest';
import { type Reading, readingOf } from './explainReads.ts';

/** Answers of MongoDB's `explain`, cut down to what is read of them (manual, "Explain Results"). */
const answers: readonly (readonly [string, unknown, Reading])[] = [
  [
    'a find by an index',
    {
      explainVersion: '1',
      queryPlanner: {
        parsedQuery: { code: { $eq: 'T01.1' } },
        winningPlan: { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: 'code_1' } },
        rejectedPlans: [{ stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: 'path_1' } }],
      },
      executionStats: {
        totalKeysExamined: 2,
        totalDocsExamined: 1,
        executionStages: { stage: 'FETCH', docsExamined: 1, inputStage: { indexName: 'other_1' } },
      },
    },
    { index: 'code_1', keysExamined: 2, documentsExamined: 1 },
  ],
  [
    'a find by _id',
    {
      queryPlanner: { winningPlan: { stage: 'IDHACK' } },
      executionStats: { totalKeysExamined: 1, totalDocsExamined: 1 },
    },
    { index: '_id_', keysExamined: 1, documentsExamined: 1 },
  ],
  [
    'a find by _id on MongoDB 8',
    {
      queryPlanner: { winningPlan: { isCached: false, stage: 'EXPRESS_IXSCAN', indexName: '_id_' } },
      executionStats: { totalKeysExamined: 1, totalDocsExamined: 1 },
    },
    { index: '_id_', keysExamined: 1, documentsExamined: 1 },
  ],
  [
    'a whole collection',
    {
      queryPlanner: { winningPlan: { stage: 'COLLSCAN' } },
      executionStats: { totalKeysExamined: 0, totalDocsExamined: 400 },
    },
    { index: 'COLLSCAN', keysExamined: 0, documentsExamined: 400 },
  ],
  [
    'the slot-based engine',
    {
      explainVersion: '2',
      queryPlanner: {
        winningPlan: {
          queryPlan: { stage: 'GROUP', inputStage: { stage: 'IXSCAN', indexName: 'unitPath_1' } },
          slotBasedPlan: { slots: '$$RESULT=s11', stages: '[2] ixseek s1 unitPath_1' },
        },
      },
      executionStats: { totalKeysExamined: 30, totalDocsExamined: 30 },
    },
    { index: 'unitPath_1', keysExamined: 30, documentsExamined: 30 },
  ],
  [
    'a $lookup behind a plan, with counts as 64-bit numbers',
    {
      stages: [
        {
          $cursor: {
            queryPlanner: { winningPlan: { stage: 'IXSCAN', indexName: 'status_1' } },
            executionStats: { totalKeysExamined: 3, totalDocsExamined: 3 },
          },
        },
        {
          $lookup: { from: 'c', localField: 'a', foreignField: 'b', as: 'rows' },
          totalDocsExamined: { toString: () => '6', valueOf: () => 6 },
          totalKeysExamined: 6,
          collectionScans: 0,
          indexesUsed: ['b_1'],
          nReturned: 3,
        },
      ],
    },
    { index: 'b_1, status_1', keysExamined: 9, documentsExamined: 9 },
  ],
  [
    'a $lookup that reads whole collections',
    {
      stages: [
        { $lookup: {}, totalDocsExamined: 50, totalKeysExamined: 0, collectionScans: 5, indexesUsed: [] },
      ],
    },
    { index: 'COLLSCAN', keysExamined: 0, documentsExamined: 50 },
  ],
  [
    'shards',
    {
      queryPlanner: {
        winningPlan: {
          stage: 'SHARD_MERGE',
          shards: [
            { winningPlan: { stage: 'IXSCAN', indexName: 'code_1' } },
            { winningPlan: { stage: 'IXSCAN', indexName: 'code_1' } },
          ],
        },
      },
      executionStats: { totalKeysExamined: 4, totalDocsExamined: 4, executionStages: { shards: [{}] } },
    },
    { index: 'code_1', keysExamined: 4, documentsExamined: 4 },
  ],
  [
    'nothing to read',
    { queryPlanner: { winningPlan: { stage: 'EOF' } } },
    {
      index: null,
      keysExamined: 0,
      documentsExamined: 0,
    },
  ],
];

test.each(answers)('explain of %s', (_, answer, reading) => {
  expect(readingOf(answer)).toEqual(reading);
});
