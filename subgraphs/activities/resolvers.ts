import { catalogue } from './resolvers/catalogue.ts';
import { entities } from './resolvers/entities.ts';
import { HouseProject } from './resolvers/HouseProject.ts';
import { people, peopleMutations } from './resolvers/people.ts';
import { Query } from './resolvers/Query.ts';
import { rollup } from './resolvers/rollup.ts';
import { supportActivity } from './resolvers/SupportActivity.ts';

/** Which road answers which field. */
export const resolvers = {
  Query,
  Mutation: { ...peopleMutations },
  HouseProject,
  ...entities,
  ...supportActivity,
  ...people,
  ...catalogue,
  ...rollup,
};
