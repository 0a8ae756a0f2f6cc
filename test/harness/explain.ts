import type { Connection } from 'mongoose';

/** A read as it was sent: what of it says which records are read, without sessions, cursors and time. */
export type Command = Readonly<Record<string, unknown>>;
type Stage = Readonly<Record<string, unknown>>;

const reads = ['find', 'aggregate', 'count', 'distinct'];
const parts = ['filter', 'query', 'sort', 'skip', 'limit', 'projection', 'hint', 'let', 'pipeline', 'key'];

/** Collects the reads that a connection sends, until it is told to stop. */
export function collectReads(connection: Connection): {
  readonly commands: readonly Command[];
  readonly stop: () => void;
} {
  const client = connection.getClient();
  const commands: Command[] = [];
  const listen = ({ commandName, command }: { commandName: string; command: Command }) => {
    if (!reads.includes(commandName)) return;
    const kept = [commandName, ...parts].filter((name) => command[name] !== undefined);
    commands.push(Object.fromEntries(kept.map((name) => [name, command[name]])));
  };
  client.on('commandStarted', listen);
  return { commands, stop: () => client.off('commandStarted', listen) };
}

/** Gives the collection that a command reads. */
export const collectionOf = (command: Command): string =>
  String(reads.map((name) => command[name]).find((name) => name !== undefined));

/**
 * Gives the reads of one collection each that a command is made of: itself, and what its pipeline joins. A join is
 * written as the pipeline that it runs for the first row joined, for `explain` says little of what a join reads.
 */
export function readsOf(command: Command): Command[] {
  if (!Array.isArray(command.pipeline)) return [command];
  const own = typeof command.aggregate === 'string' ? [command] : [];
  return [...own, ...joinsOf(command.pipeline as Stage[])];
}

function joinsOf(pipeline: readonly Stage[]): Command[] {
  const documents = pipeline[0]?.$documents;
  const row = (Array.isArray(documents) ? documents[0] : null) as Stage | null;
  return pipeline.flatMap(({ $lookup, $unionWith, $graphLookup }) => {
    if ($lookup) return lookupReads($lookup as Stage, row);
    if ($unionWith) {
      const { coll, pipeline: inner = [] } = $unionWith as { coll: string; pipeline?: Stage[] };
      return readsOf({ aggregate: coll, pipeline: inner });
    }
    if (!$graphLookup) return [];
    const { from, connectToField, restrictSearchWithMatch } = $graphLookup as Record<string, string>;
    const restricted = restrictSearchWithMatch as object | undefined;
    return [{ find: from, filter: { ...restricted, [String(connectToField)]: 'x' } }];
  });
}

function lookupReads(spec: Stage, row: Stage | null): Command[] {
  const { localField, foreignField } = spec;
  const { let: variables = {}, pipeline = [] } = spec as { let?: object; pipeline?: Stage[] };
  const valueAt = (path: unknown) => row?.[String(path).replace(/^\$/u, '')] ?? 'x';
  const joined = foreignField ? [{ $match: { [String(foreignField)]: valueAt(localField) } }] : [];
  const values = Object.entries(variables).map(([name, path]) => [name, valueAt(path)]);
  return readsOf({
    aggregate: spec.from,
    pipeline: [...joined, ...pipeline],
    ...(values.length > 0 ? { let: Object.fromEntries(values) } : {}),
  });
}

/** A read with the values of its filter left out: two of the same shape are planned alike. */
export const shapeOf = (command: Command): string =>
  `${collectionOf(command)} ${JSON.stringify(command, (_, value) => {
    if (value instanceof Map) return Object.fromEntries(value);
    if (Array.isArray(value)) return value.length > 0 && typeof value[0] !== 'object' ? ['?'] : value;
    return typeof value === 'string' && !value.startsWith('$') ? '?' : value;
  })}`;

/** One step of a plan, such as IXSCAN, with what the database says about it. */
export type PlanStage = Stage & { readonly stage: string };

/** Gives the steps by which the database would do a read. */
export async function planOf(connection: Connection, command: Command): Promise<PlanStage[]> {
  const explained = { ...command, ...(command.pipeline ? { cursor: {} } : {}) };
  const database = connection.getClient().db(connection.name);
  return stagesIn(await database.command({ explain: explained, verbosity: 'queryPlanner' }), false);
}

function stagesIn(value: unknown, winning: boolean): PlanStage[] {
  if (Array.isArray(value)) return value.flatMap((each) => stagesIn(each, winning));
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([name, each]) =>
    name === 'rejectedPlans' || name === 'command' ? [] : stagesIn(each, winning || name === 'winningPlan'),
  );
  return winning && typeof (value as Stage).stage === 'string' ? [value as PlanStage, ...inner] : inner;
}
