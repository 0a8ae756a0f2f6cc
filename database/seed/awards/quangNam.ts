import type { AwardRecord } from '../../../subgraphs/awards/index.ts';
import { seededId } from '../../../subgraphs/records/ids.ts';
import type { Places } from './places.ts';

const CONFERRED = '2021-12-11';

/**
 * The one award of the campaign that a published source names: on 2021-12-11, at the ministry's review of the
 * movement, the police of Quảng Nam received the Order of Feat of Arms, second class (baoquangnam.vn). The source
 * gives no decision, so none is recorded, and no certificate of ours exists for it. Null when the tree leaves
 * Quảng Nam out.
 */
export function quangNamAward(places: Places, campaignId: string | null): Omit<AwardRecord, 'seq'> | null {
  const place = places.province('49', CONFERRED);
  if (!place) return null;
  const at = new Date(`${CONFERRED}T00:00:00+07:00`);
  return {
    _id: seededId('awd', 'HC_CHIENCONG_2:T49:2021-12-11'),
    verifyCode: null,
    form: 'HC_CHIENCONG_2',
    kind: 'MOVEMENT',
    stateLevel: true,
    campaignId,
    recipientKind: 'COLLECTIVE',
    recipientKey: `U:${place.unitId}`,
    recipient: {
      kind: 'COLLECTIVE',
      unitId: place.unitId,
      nameAtDecision: places.nameOn(place.unitId, CONFERRED),
    },
    regime: 'L2003',
    unitId: place.unitId,
    levelAtEvent: place.level,
    provinceCode: place.provinceCode,
    pathAtEvent: place.pathAtEvent,
    unitPath: place.unitPath,
    scopePath: place.scopePath,
    decision: null,
    decidedBy: 'PRESIDENT',
    eventOn: CONFERRED,
    conferredOn: CONFERRED,
    posthumous: false,
    bonus: null,
    status: 'CONFERRED',
    revocation: null,
    dossierId: null,
    achievementKeys: [],
    activityIds: [],
    source: { issuer: 'Báo Quảng Nam', url: 'https://baoquangnam.vn' },
    synthetic: false,
    createdAt: at,
    updatedAt: at,
    version: 1,
  };
}
