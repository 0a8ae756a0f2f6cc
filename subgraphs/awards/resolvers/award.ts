import { entityNotFound } from '../../../server/errors.ts';
import { seenRecipient } from '../rules/visibility.ts';
import type {
  AwardBonusResolvers,
  AwardFormCountResolvers,
  AwardFunnelRowResolvers,
  AwardResolvers,
  AwardSummaryResolvers,
  AwardVerificationResolvers,
  PersonRecipientResolvers,
  RevocationResolvers,
  UnitRecipientResolvers,
} from '../types.generated.ts';

const unit = ({ unitId }: { readonly unitId: string }) => ({ __typename: 'Unit' as const, id: unitId });

export const Award: AwardResolvers = {
  __resolveReference: async ({ id }, { awards }) =>
    (await awards.byId(id)) ?? (entityNotFound('Award', id) as never),
  id: ({ _id }) => _id,
  form: ({ form }, _, { catalogue }) => catalogue.form(form),
  recipient: (award, _, { viewer }) => seenRecipient(viewer, award, award.status !== 'REVOKED'),
  campaign: ({ campaignId }) => (campaignId === null ? null : { __typename: 'Campaign', id: campaignId }),
  decidedBy: ({ decidedBy }, _, { catalogue }) => catalogue.term('AUTHORITY', decidedBy),
  dossier: ({ dossierId }, _, { dossiers }) => (dossierId === null ? null : dossiers.byId(dossierId)),
  audit: (award, args, { audit }) => audit(args, award),
};

export const UnitRecipient: UnitRecipientResolvers = { unit };

export const PersonRecipient: PersonRecipientResolvers = { unit };

export const AwardBonus: AwardBonusResolvers = {
  baseSalary: ({ salaryFrom }, _, { catalogue }) => catalogue.salary(salaryFrom),
};

export const Revocation: RevocationResolvers = {
  ground: ({ ground }, _, { catalogue }) => catalogue.term('REVOCATION', ground),
};

export const AwardVerification: AwardVerificationResolvers = {
  form: ({ form }, _, { catalogue }) => (form === null ? null : catalogue.form(form)),
};

/** The catalogue is read for its order only when forms are asked for. */
export const AwardSummary: AwardSummaryResolvers = {
  byForm: async ({ byForm }, _, { catalogue }) => {
    const counts = await Promise.all(
      byForm.map(async (each) => ({ each, order: (await catalogue.formOrNull(each.form))?.order ?? 0 })),
    );
    return counts.sort((a, b) => a.order - b.order).map(({ each }) => each);
  },
};

export const AwardFormCount: AwardFormCountResolvers = {
  form: ({ form }, _, { catalogue }) => catalogue.form(form),
};

export const AwardFunnelRow: AwardFunnelRowResolvers = {
  form: ({ form }, _, { catalogue }) => catalogue.form(form),
};
