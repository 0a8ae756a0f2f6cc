import { scopesOf } from '../../../server/access/grants.ts';
import { codesOf } from '../../records/subtree.ts';
import type { ViewerResolvers } from '../types.generated.ts';

/** Tells a client who it is: role, place and all scopes held, those of the role among them. */
export const Viewer: ViewerResolvers = {
  unit: ({ unitPath }, _, { units }) => {
    const code = codesOf(unitPath ?? '/').at(-1);
    return code === undefined ? null : units.byCode(code);
  },
  scopes: (viewer) => scopesOf(viewer),
  policies: ({ policies }) => policies ?? [],
};
