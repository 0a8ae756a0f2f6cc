import { aggregateCommand } from './aggregate.ts';
import { collModCommand } from './coll-mod.ts';
import type { Command } from './command.ts';
import { countCommand } from './count.ts';
import { createCommand } from './create.ts';
import { deleteCommand } from './delete.ts';
import { distinctCommand } from './distinct.ts';
import { dropCommand, dropDatabaseCommand, renameCollectionCommand } from './drop.ts';
import { explainCommand } from './explain.ts';
import { configureFailPointCommand } from './fail-point.ts';
import { findCommand } from './find.ts';
import { findAndModifyCommand } from './find-and-modify.ts';
import { getMoreCommand, killCursorsCommand } from './get-more.ts';
import { helloCommand, isMasterCommand } from './hello.ts';
import { createIndexesCommand, dropIndexesCommand } from './indexes.ts';
import { insertCommand } from './insert.ts';
import {
  collStatsCommand,
  dbStatsCommand,
  listCollectionsCommand,
  listDatabasesCommand,
  listIndexesCommand,
} from './listing.ts';
import {
  buildInfoCommand,
  connectionStatusCommand,
  getParameterCommand,
  hostInfoCommand,
  pingCommand,
  serverStatusCommand,
} from './server-info.ts';
import {
  abortTransactionCommand,
  commitTransactionCommand,
  endSessionsCommand,
  killSessionsCommand,
  refreshSessionsCommand,
} from './sessions.ts';
import { updateCommand } from './update.ts';
import { validateCommand } from './validate.ts';

/** Every command, by the name it is called with. */
export const commands: Readonly<Record<string, Command>> = {
  abortTransaction: abortTransactionCommand,
  aggregate: aggregateCommand,
  buildInfo: buildInfoCommand,
  buildinfo: buildInfoCommand,
  collMod: collModCommand,
  collStats: collStatsCommand,
  collstats: collStatsCommand,
  commitTransaction: commitTransactionCommand,
  configureFailPoint: configureFailPointCommand,
  connectionStatus: connectionStatusCommand,
  count: countCommand,
  create: createCommand,
  createIndexes: createIndexesCommand,
  dbStats: dbStatsCommand,
  dbstats: dbStatsCommand,
  delete: deleteCommand,
  distinct: distinctCommand,
  drop: dropCommand,
  dropDatabase: dropDatabaseCommand,
  dropIndexes: dropIndexesCommand,
  deleteIndexes: dropIndexesCommand,
  endSessions: endSessionsCommand,
  explain: explainCommand,
  find: findCommand,
  findAndModify: findAndModifyCommand,
  findandmodify: findAndModifyCommand,
  getMore: getMoreCommand,
  getParameter: getParameterCommand,
  hello: helloCommand,
  hostInfo: hostInfoCommand,
  insert: insertCommand,
  isMaster: isMasterCommand,
  ismaster: isMasterCommand,
  killCursors: killCursorsCommand,
  killSessions: killSessionsCommand,
  listCollections: listCollectionsCommand,
  listDatabases: listDatabasesCommand,
  listIndexes: listIndexesCommand,
  ping: pingCommand,
  refreshSessions: refreshSessionsCommand,
  renameCollection: renameCollectionCommand,
  serverStatus: serverStatusCommand,
  update: updateCommand,
  validate: validateCommand,
};
