import { fail } from '../../core/errors.ts';
import { windowStages } from '../window/stage.ts';
import { bucketStages } from './bucket.ts';
import { bucketAutoStages } from './bucket-auto.ts';
import { combiningStages } from './combining.ts';
import { countStages } from './counts.ts';
import { densifyStages } from './densify.ts';
import { fillStages } from './fill.ts';
import { filterStages } from './filters.ts';
import { graphLookupStages } from './graph-lookup.ts';
import { groupStages } from './group.ts';
import { lookupStages } from './lookup.ts';
import { projectionStages } from './projections.ts';
import { redactStages } from './redact.ts';
import { sortStages } from './sort.ts';
import type { StageParser, StageTable } from './stage.ts';
import { unwindStages } from './unwind.ts';

const notSupported =
  (why: string): StageParser =>
  (_spec, { name }) =>
    fail(238, 'NotImplemented', `${name} is not supported: ${why}`);

/** All stages that documents pass through, by name. */
export const stages: StageTable = {
  ...filterStages,
  ...sortStages,
  ...projectionStages,
  ...redactStages,
  ...unwindStages,
  ...groupStages,
  ...bucketStages,
  ...bucketAutoStages,
  ...countStages,
  ...lookupStages,
  ...graphLookupStages,
  ...combiningStages,
  ...windowStages,
  ...densifyStages,
  ...fillStages,
};

/** Stages MongoDB has and this server refuses. */
export const refusedStages: StageTable = {
  $geoNear: notSupported('there are no geospatial indexes'),
  $search: notSupported('there is no search index'),
  $searchMeta: notSupported('there is no search index'),
  $vectorSearch: notSupported('there is no search index'),
  $collStats: notSupported('statistics are in serverStatus'),
  $indexStats: notSupported('statistics are in serverStatus'),
  $planCacheStats: notSupported('there is no plan cache'),
  $currentOp: notSupported('operations are not listed'),
  $listSessions: notSupported('sessions are not listed'),
  $listLocalSessions: notSupported('sessions are not listed'),
  $listSampledQueries: notSupported('queries are not sampled'),
  $listSearchIndexes: notSupported('there is no search index'),
  $shardedDataDistribution: notSupported('there are no shards'),
  $changeStreamSplitLargeEvent: notSupported('events are never split'),
};
