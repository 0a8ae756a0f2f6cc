import type { ClientSession, Connection } from 'mongoose';

/** Where the records of each type are kept, by subgraph. Types that commands write must stand here. */
export const recordsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  units: { Unit: 'units_units' },
  campaigns: {
    Campaign: 'campaigns_campaigns',
    ProgressReport: 'campaigns_reports',
    Participation: 'campaigns_participations',
    Article: 'campaigns_articles',
    IndicatorTarget: 'campaigns_targets',
    EmulationCluster: 'campaigns_clusters',
    PeerScore: 'campaigns_peer_scores',
  },
  activities: { SupportActivity: 'activities_activities', HouseProject: 'activities_houses' },
  awards: { AwardDossier: 'awards_dossiers', Award: 'awards_awards' },
};

interface Event {
  readonly type: string;
  readonly entityId: string;
  readonly version: number;
  readonly seq?: number;
}
interface Entry {
  readonly type: string;
  readonly entityIds: readonly string[];
  readonly version: number | null;
}

/**
 * Says where what commands leave behind does not agree: a record without its event, an event without its audit entry, an
 * audit entry without its event, a number given twice or left out. Gives one sentence for each, and an empty list when
 * all is whole.
 */
export async function disagreements(connection: Connection): Promise<string[]> {
  // One snapshot for all reads: the last commit of a killed process may still arrive between two of them.
  const session = await connection.startSession({ snapshot: true });
  try {
    const found: string[] = [];
    for (const subgraph of Object.keys(recordsOf))
      found.push(...(await ofSubgraph({ connection, session }, subgraph)));
    return found;
  } finally {
    await session.endSession();
  }
}

interface Snapshot {
  readonly connection: Connection;
  readonly session: ClientSession;
}

async function ofSubgraph({ connection, session }: Snapshot, subgraph: string): Promise<string[]> {
  const all = async <Row>(name: string) =>
    (await connection.collection(`${subgraph}_${name}`).find({}, { session }).toArray()) as unknown as Row[];
  const events = await all<Event>('outbox');
  const entries = (await all<Entry>('audit')).filter(({ version }) => version !== null);
  const told = new Set(events.map(({ entityId, version }) => `${entityId}@${version}`));
  const written = new Set(
    entries.flatMap(({ entityIds, version }) => entityIds.map((id) => `${id}@${version}`)),
  );
  return [
    ...[...written]
      .filter((key) => !told.has(key))
      .map((key) => `${subgraph}: ${key} is audited and not told.`),
    // What follows from another record's change (a moved unit's descendants) is told, and audited there.
    ...(subgraph === 'units'
      ? []
      : [...told]
          .filter((key) => !written.has(key))
          .map((key) => `${subgraph}: ${key} is told and not audited.`)),
    ...(told.size === events.length ? [] : [`${subgraph}: a version was told twice.`]),
    ...numbering(subgraph, events),
    ...(await ofRecords({ connection, session }, subgraph, events)),
  ];
}

function numbering(subgraph: string, events: readonly Event[]): string[] {
  const seqs = events.flatMap(({ seq }) => (seq === undefined ? [] : [seq])).sort((a, b) => a - b);
  const first = seqs[0] ?? 1;
  const gap = seqs.findIndex((seq, index) => seq !== first + index);
  return gap === -1 ? [] : [`${subgraph}: after ${gap} events the numbers are not dense (${seqs[gap]}).`];
}

/** A record stands at the version that was told last; one that was told exists. */
async function ofRecords(
  { connection, session }: Snapshot,
  subgraph: string,
  events: readonly Event[],
): Promise<string[]> {
  const last = new Map<string, Event>();
  for (const event of events) {
    if (event.version > (last.get(event.entityId)?.version ?? 0)) last.set(event.entityId, event);
  }
  const wrong: string[] = [];
  for (const { type, entityId, version } of last.values()) {
    const collection = recordsOf[subgraph]?.[type];
    if (!collection) throw new Error(`${type} of ${subgraph} has no collection in this list.`);
    const record = await connection.collection(collection).findOne({ _id: entityId as never }, { session });
    if (record?.version !== version) {
      wrong.push(`${subgraph}: ${type} ${entityId} is at ${record?.version}, told at ${version}.`);
    }
  }
  return wrong;
}

/** The copies that other subgraphs keep, where they differ from the last event of their owner. */
export async function staleCopies(connection: Connection): Promise<string[]> {
  const pairs = [
    ['units', 'Unit', ['campaigns', 'activities', 'awards']],
    ['campaigns', 'Campaign', ['activities', 'awards']],
  ] as const;
  const stale: string[] = [];
  for (const [owner, type, followers] of pairs) {
    const events = connection.collection(`${owner}_outbox`).find({ type, copy: { $ne: null } });
    const last = new Map<string, number>();
    for await (const { entityId, version } of events) {
      last.set(entityId, Math.max(version, last.get(entityId) ?? 0));
    }
    for (const follower of followers) {
      for (const [id, version] of last) {
        const copy = await connection.collection(`${follower}_${owner}`).findOne({ _id: id as never });
        if (copy?.version !== version)
          stale.push(`${follower}: ${type} ${id} at ${copy?.version}, not ${version}`);
      }
    }
  }
  return stale;
}
