import type { AddTo, CubeDefinition } from '../../records/cube/definition.ts';
import { codesOf, pathsTo } from '../../records/subtree.ts';
import type { DossierState } from '../model/codes.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import type { Models } from '../model/models.ts';

/** What of a dossier it is counted by. */
const fields = {
  campaignId: 1,
  unitId: 1,
  pathAtEvent: 1,
  scopePath: 1,
  form: 1,
  state: 1,
  daysToState: 1,
  synthetic: 1,
} as const;

type CountedDossier = Pick<AwardDossierRecord, '_id' | keyof typeof fields>;

/** Dossiers of one form in one state; `days` says how many took how many days to come to it. */
export interface StateSums {
  readonly count: number;
  readonly days?: Readonly<Record<string, number>>;
  readonly synthetic?: number;
}

/** A cell of the cube: a campaign's dossiers as seen from one unit, for units at or under another as reported. */
export interface FunnelCell {
  readonly campaignId: string;
  /** The path of the viewers' unit: dossiers whose `scopePath` lies at or under it. */
  readonly seenFrom: string;
  /** Dossiers whose `pathAtEvent` lies at or under it. */
  readonly path: string;
  readonly depth: number;
  /** By form and state. */
  readonly forms: Readonly<Record<string, Readonly<Partial<Record<DossierState, StateSums>>>>>;
}

/**
 * The cube of dossiers (DOMAIN §5.8). Who sees a dossier goes by the tree of today, what is asked for by the tree as it was
 * reported; after a merger the two differ. So there is a cell for each pair of units above a dossier, one in either tree,
 * and whoever asks reads one. Medians are exact: days are kept as how often each occurs.
 */
export const funnelCube: CubeDefinition<Models, CountedDossier> = {
  name: 'funnel',
  shape: 1,
  type: 'AwardDossier',
  rows: (models) => models.dossiers as never,
  fields,
  path: 'pathAtEvent',
  unitId: 'unitId',
  count,
  indexes: [[{ campaignId: 1, seenFrom: 1, depth: 1, path: 1 }]],
};

function count({ campaignId, pathAtEvent, scopePath, ...dossier }: CountedDossier, add: AddTo): void {
  if (campaignId === null) return;
  const { form, state, daysToState, synthetic } = dossier;
  const sums = {
    count: 1,
    ...(daysToState === null ? {} : { days: { [daysToState]: 1 } }),
    ...(synthetic ? { synthetic: 1 } : {}),
  };
  for (const seenFrom of pathsTo(scopePath)) {
    for (const path of pathsTo(pathAtEvent)) {
      const keys = () => ({ campaignId, seenFrom, path, depth: codesOf(path).length });
      add([campaignId, seenFrom, path].join('|'), path, keys, { forms: { [form]: { [state]: sums } } });
    }
  }
}
