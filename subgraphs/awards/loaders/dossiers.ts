import { inputInvalid } from '../../../server/errors.ts';
import { byKey } from '../../records/byKey.ts';
import { checkPageSize, connectionOf, type PageArgs } from '../../records/connection.ts';
import { decodeCursor, fingerprint } from '../../records/cursor.ts';
import { findPage } from '../../records/page.ts';
import type { RequestScope } from '../../subgraph.ts';
import {
  type AwardDossierConnectionRecord,
  type AwardDossierRecord,
  dossierProjection,
  type TransitionConnectionRecord,
} from '../model/dossiers.ts';
import type { Models } from '../model/models.ts';
import { dossierScope } from '../rules/visibility.ts';
import type { DossierFilter } from '../types.generated.ts';
import { dossierFilter, type FilterReads } from './filters.ts';

/** The reads of dossiers, each within what the viewer may see; FORBIDDEN for those who see none. */
export interface DossierReads {
  readonly byId: (id: string) => Promise<AwardDossierRecord | null>;
  /** Throws INPUT_INVALID unless exactly one of id and number is given. */
  readonly one: (args: { id?: string | null; number?: string | null }) => Promise<AwardDossierRecord | null>;
  readonly page: (
    args: PageArgs & { readonly filter?: DossierFilter | null | undefined },
  ) => Promise<AwardDossierConnectionRecord>;
  readonly steps: (dossier: AwardDossierRecord, args: PageArgs) => TransitionConnectionRecord;
}

const latestFirst = [{ field: 'stateSince', direction: -1, filled: true }] as const;
const asTaken = [{ field: 'no', direction: 1 }] as const;

/** Makes the reads of dossiers for one request. */
export function dossierReads(
  { models, selection, signal, viewer }: RequestScope<Models>,
  reads: FilterReads,
): DossierReads {
  const projection = selection.projection('AwardDossier', dossierProjection);
  const road = (field: '_id' | 'number') =>
    byKey<AwardDossierRecord>({
      model: models.dossiers,
      field,
      projection,
      signal,
      scope: dossierScope(viewer),
    });
  let byId: ReturnType<typeof road> | undefined;
  const load = async (id: string) => {
    byId ??= road('_id');
    return byId.load(id);
  };
  return {
    byId: load,
    one: async ({ id, number }) => {
      if ((id == null) === (number == null)) throw inputInvalid('Give exactly one of id and number.');
      return id == null ? road('number').load(number ?? '') : load(id);
    },
    page: async ({ filter, ...args }) => {
      const scope = dossierScope(viewer);
      const asked = await dossierFilter(filter, reads);
      return findPage<AwardDossierRecord>(
        { model: models.dossiers, filter: { $and: [scope, asked] }, sort: latestFirst, projection, signal },
        args,
      );
    },
    steps: stepsOf,
  };
}

/** Pages through the steps that a dossier holds. */
function stepsOf({ _id, history }: AwardDossierRecord, args: PageArgs): TransitionConnectionRecord {
  checkPageSize(args.first);
  const sort = asTaken;
  const print = fingerprint(['history', _id]);
  const [after] = args.after ? decodeCursor(args.after, print, sort.length) : [0];
  const rest = history.filter(({ no }) => no > Number(after));
  return connectionOf(rest.slice(0, args.first + 1), {
    args,
    sort,
    print: () => print,
    totalCount: async () => history.length,
  });
}
