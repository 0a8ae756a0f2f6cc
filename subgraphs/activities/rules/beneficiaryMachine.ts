import type { Machine } from '../../records/command/machine.ts';
import type { ActivityStatus } from '../model/activity.ts';
import type { DeliveryRow } from '../model/delivery.ts';

/** How far the row of a household may speak of it. */
export type BeneficiaryState = 'UNASKED' | 'CONSENTED' | 'WITHDRAWN' | 'ERASED';

/** Consent is taken back once; what is erased stays so. */
export const beneficiaryMachine: Machine<BeneficiaryState, 'withdrawConsent' | 'eraseBeneficiary'> = {
  withdrawConsent: { from: ['CONSENTED'], to: 'WITHDRAWN' },
  eraseBeneficiary: { from: ['UNASKED', 'CONSENTED', 'WITHDRAWN'], to: 'ERASED' },
};

/** A household joins the list of an activity only while it is under way. */
export const listMachine: Machine<ActivityStatus, 'addBeneficiary'> = {
  addBeneficiary: { from: ['IN_PROGRESS'], to: 'IN_PROGRESS' },
};

const stateOfConsent = { NOT_ASKED: 'UNASKED', GIVEN: 'CONSENTED', WITHDRAWN: 'WITHDRAWN' } as const;

/** Gives the state of a row. */
export const stateOf = ({
  consent,
  erasedAt,
}: Pick<DeliveryRow, 'consent' | 'erasedAt'>): BeneficiaryState =>
  erasedAt ? 'ERASED' : stateOfConsent[consent];
