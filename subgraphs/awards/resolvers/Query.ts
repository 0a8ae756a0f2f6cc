import { inputInvalid } from '../../../server/errors.ts';
import type { QueryResolvers } from '../types.generated.ts';

const MAX_CODES = 100;

export const Query: QueryResolvers = {
  award: (_, { id }, { awards }) => awards.byId(id),
  awards: (_, args, { awards }) => awards.page(args),
  awardForms: (_, __, { catalogue }) => catalogue.forms(),
  awardFormsByCode: (_, { codes }, { catalogue }) => {
    if (codes.length > MAX_CODES)
      throw inputInvalid(`At most ${MAX_CODES} codes; there were ${codes.length}.`);
    return Promise.all(codes.map((code) => catalogue.formOrNull(code)));
  },
  awardDossier: (_, args, { dossiers }) => dossiers.one(args),
  awardDossiers: (_, args, { dossiers }) => dossiers.page(args),
  verifyAward: (_, { verifyCode }, { awards }) => awards.verified(verifyCode),
  awardChanges: (_, args, { awards }) => awards.changes(args),
  awardAudit: (_, args, { audits }) => audits(args),
};
