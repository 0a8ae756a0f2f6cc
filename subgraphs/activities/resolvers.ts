import { catalogue } from './resolvers/catalogue.ts';
import { entities } from './resolvers/entities.ts';
import { HouseProject } from './resolvers/HouseProject.ts';
import { Query } from './resolvers/Query.ts';
import { rollup } from './resolvers/rollup.ts';
import { supportActivity } from './resolvers/SupportActivity.ts';

/** Which road answers which field. */
export const resolvers = { Query, HouseProject, ...entities, ...supportActivity, ...catalogue, ...rollup };
