import { NONE } from '../rollup/keys.ts';
import type { Resolvers } from '../types.generated.ts';

export const rollup: Pick<Required<Resolvers>, 'SupportRollup' | 'RollupKey'> = {
  SupportRollup: {
    rollupVersion: async ({ version }, _args, { changes }) => version ?? `scan-${await changes.latest()}`,
  },
  RollupKey: {
    unit: async ({ dimension, code, day }, _args, { copies }) => {
      if (code === NONE) return null;
      if (dimension === 'CHILD_UNIT') return idOf(await copies.unitByCode.load(code));
      return dimension === 'PROVINCE' ? idOf(await copies.provinceOn(code, day)) : null;
    },
    region: ({ dimension, code }) => (dimension === 'REGION' && code !== NONE ? { code } : null),
  },
};

const idOf = (unit: { readonly _id: string } | null | undefined) => (unit ? { id: unit._id } : null);
