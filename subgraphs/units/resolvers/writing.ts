import { closeUnit } from '../commands/closeUnit.ts';
import { confirmUnitMerge } from '../commands/confirmUnitMerge.ts';
import { mergeUnits } from '../commands/mergeUnits.ts';
import { moveUnit } from '../commands/moveUnit.ts';
import { openUnit } from '../commands/openUnit.ts';
import { rejectUnitMerge } from '../commands/rejectUnitMerge.ts';
import { renameUnit } from '../commands/renameUnit.ts';
import { splitUnit } from '../commands/splitUnit.ts';
import { ABOVE_ALL } from '../loaders/audits.ts';
import type {
  MutationResolvers,
  Resolvers,
  UnitFactsResolvers,
  UnitMergePayloadResolvers,
  UnitMergeProposalResolvers,
  UnitPayloadResolvers,
} from '../types.generated.ts';

const Mutation: MutationResolvers = {
  openUnit: (_, { input }, { command }) => command(openUnit, input),
  renameUnit: (_, { input }, { command }) => command(renameUnit, input),
  moveUnit: (_, { input }, { command }) => command(moveUnit, input),
  mergeUnits: (_, { input }, { command }) => command(mergeUnits, input),
  confirmUnitMerge: (_, { input }, { command }) => command(confirmUnitMerge, input),
  rejectUnitMerge: (_, { input }, { command }) => command(rejectUnitMerge, input),
  splitUnit: (_, { input }, { command }) => command(splitUnit, input),
  closeUnit: (_, { input }, { command }) => command(closeUnit, input),
};

const UnitPayload: UnitPayloadResolvers = {
  unit: ({ result }, _, { units }) => (result?.unitId ? units.known(result.unitId) : null),
  plan: ({ result }) => result?.plan ?? null,
};

const UnitMergePayload: UnitMergePayloadResolvers = {
  proposal: ({ result }, _, { mergeProposals }) =>
    result?.proposalId ? mergeProposals.byId(result.proposalId) : null,
  unit: ({ result }, _, { units }) => (result?.unitId ? units.known(result.unitId) : null),
  plan: ({ result }) => result?.plan ?? null,
};

const UnitMergeProposal: UnitMergeProposalResolvers = {
  id: ({ _id }) => _id,
  sources: ({ sourceCodes }, _, { units }) => Promise.all(sourceCodes.map(units.knownCode)),
  into: ({ intoCode }, _, { units }) => units.byCode(intoCode),
  // Only the ministry and administrators reach a proposal at all.
  audit: ({ _id }, args, { audit }) => audit(args, { _id, scopePath: ABOVE_ALL }),
};

const UnitFacts: UnitFactsResolvers = {
  __resolveReference: ({ path }) => ({ path }),
};

/** The resolvers of what changes units, and of its answers. */
export const writing: Resolvers = {
  Mutation,
  UnitPayload,
  UnitMergePayload,
  UnitMergeProposal,
  UnitFacts,
};
