import type { RequestScope } from '../../subgraph.ts';
import {
  type UnitEventRecord,
  type UnitLinkRecord,
  unitEventFields,
  unitLinkFields,
} from '../model/event.ts';
import type { Models } from '../model/models.ts';
import { manyByKey } from './manyByKey.ts';

const byDay = [
  { field: 'effectiveOn', direction: 1 },
  { field: '_id', direction: 1 },
] as const;
const byId = [{ field: '_id', direction: 1 }] as const;

/** Makes the roads to what happened to units, and to who took over whom. */
export function eventLoaders({ models, selection, signal }: RequestScope<Models>) {
  const links = {
    model: models.links,
    projection: selection.projection('UnitLink', unitLinkFields),
    sort: byId,
    signal,
  };
  const ofUnit = manyByKey<UnitEventRecord>({
    model: models.events,
    field: 'unitIds',
    projection: selection.projection('UnitEvent', unitEventFields),
    sort: byDay,
    signal,
  });
  const ofEvent = manyByKey<UnitLinkRecord>({ ...links, field: 'eventId' });
  const predecessors = manyByKey<UnitLinkRecord>({ ...links, field: 'toId' });
  const successors = manyByKey<UnitLinkRecord>({ ...links, field: 'fromId' });
  return {
    ofUnit: (id: string) => ofUnit.load(id),
    linksOf: (eventId: string) => ofEvent.load(eventId),
    predecessors: (id: string) => predecessors.load(id),
    successors: (id: string) => successors.load(id),
  };
}
