import { catalogue } from './resolvers/catalogue.ts';
import { entities } from './resolvers/entities.ts';
import { HouseProject } from './resolvers/HouseProject.ts';
import { people, peopleMutations } from './resolvers/people.ts';
import { planning, planningMutations } from './resolvers/planning.ts';
import { protection, protectionMutations, protectionQueries } from './resolvers/protection.ts';
import { Query } from './resolvers/Query.ts';
import { rollup } from './resolvers/rollup.ts';
import { supportActivity } from './resolvers/SupportActivity.ts';

/** Which road answers which field. */
export const resolvers = {
  Query: { ...Query, ...protectionQueries },
  Mutation: { ...planningMutations, ...peopleMutations, ...protectionMutations },
  HouseProject,
  ...entities,
  ...supportActivity,
  ...planning,
  ...people,
  ...protection,
  ...catalogue,
  ...rollup,
};
