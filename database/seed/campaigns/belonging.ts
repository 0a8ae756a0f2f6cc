import { seededId } from '../../../subgraphs/records/ids.ts';
import type { SeedUnit } from './unitsOn.ts';

/** Gives the fields by which a record belongs to a campaign; its address is the campaign's code and its own. */
export const belongingTo =
  (campaign: { readonly _id: string; readonly code: string }) => (prefix: string, code: string) => ({
    _id: seededId(prefix, `${campaign.code}:${code}`),
    campaignId: campaign._id,
    code,
    address: `${campaign.code}:${code}`,
  });

export type Belongs = ReturnType<typeof belongingTo>;

/** Gives the fields by which a record stands in the unit tree of its day. */
export const placeOf = ({ id, path, level, line }: SeedUnit) => ({
  unitId: id,
  pathAtEvent: path,
  levelAtEvent: level,
  line,
});

/** Gives the stamps of a record that was made on a day. */
export const madeOn = (date: string) => {
  const instant = new Date(`${date}T00:00:00+07:00`);
  return { createdAt: instant, updatedAt: instant, version: 1 };
};
