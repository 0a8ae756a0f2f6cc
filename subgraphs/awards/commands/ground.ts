import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import type { Content } from './inputs.ts';
import { type Law, readLaw } from './law.ts';
import { codeOf, readUnits, type Units } from './units.ts';

/** All that the writing of dossiers looks up, read once for a whole request. */
export interface Ground {
  readonly law: Law;
  readonly units: Units;
  readonly campaigns: ReadonlyMap<string, CampaignCopyRow>;
}

/** Gives the code of the unit that proposes: the viewer's own, unless another one is named. */
export const proposerOf = ({ viewer }: Tx<Models>, { proposer }: Content): string =>
  proposer ?? codeOf(viewer.unitPath ?? '');

/** Gives the code of the unit that is proposed, or that the person serves in. */
export const recipientUnitOf = ({ recipient: { unit, person } }: Content): string =>
  unit ?? person?.unit ?? '';

/** Reads what the contents speak of. */
export async function readGround(tx: Tx<Models>, contents: readonly Content[]): Promise<Ground> {
  const law = await readLaw(
    tx,
    contents.map(({ form }) => form),
  );
  const units = await readUnits(tx, {
    codes: contents.flatMap((content) => [proposerOf(tx, content), recipientUnitOf(content)]),
  });
  const codes = [...new Set(contents.flatMap(({ campaign }) => campaign ?? []))];
  const rows = await tx.models.campaigns
    .find({ code: { $in: codes } }, {}, tx.options)
    .lean<CampaignCopyRow[]>();
  return { law, units, campaigns: new Map(rows.map((row) => [row.code, row])) };
}
