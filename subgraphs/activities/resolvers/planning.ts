import { addEvidence } from '../commands/addEvidence.ts';
import { advanceHouse } from '../commands/advanceHouse.ts';
import { approveActivity, cancelActivity, verifyActivity } from '../commands/judgeActivity.ts';
import { planActivity } from '../commands/planActivity.ts';
import { updateActivityPlan } from '../commands/updateActivityPlan.ts';
import type { MutationResolvers, Resolvers } from '../types.generated.ts';

/** What is written of activities and houses. */
export const planningMutations: Pick<
  Required<MutationResolvers>,
  | 'planActivity'
  | 'updateActivityPlan'
  | 'approveActivity'
  | 'verifyActivity'
  | 'cancelActivity'
  | 'addEvidence'
  | 'advanceHouse'
> = {
  planActivity: (_, { input }, { command }) => command(planActivity, input),
  updateActivityPlan: (_, { input }, { command }) => command(updateActivityPlan, input),
  approveActivity: (_, { input }, { command }) => command(approveActivity, input),
  verifyActivity: (_, { input }, { command }) => command(verifyActivity, input),
  cancelActivity: (_, { input }, { command }) => command(cancelActivity, input),
  addEvidence: (_, { input }, { command }) => command(addEvidence, input),
  advanceHouse: (_, { input }, { command }) => command(advanceHouse, input),
};

export const planning: Pick<Required<Resolvers>, 'ActivityPayload' | 'HousePayload'> = {
  ActivityPayload: {
    activity: ({ result }, _args, { activities }) => result && activities.byId.load(result.id),
  },
  HousePayload: {
    house: ({ result }, _args, { houses }) => result && houses.byId.load(result.id),
  },
};
