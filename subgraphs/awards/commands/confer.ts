import { z } from 'zod';
import { day, onExisting } from '../../records/command/inputs.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import { awards } from './aggregates.ts';
import { addInvalid, checkDay, mayTake } from './checks.ts';
import { takeStep } from './step.ts';

const input = z.object({ ...onExisting, conferredOn: day, posthumous: z.boolean() });

interface Conferred {
  readonly id: string;
  readonly awardId: string;
}

/** Records that the award was handed over; after a person's death to the family (NĐ 98/2023, article 25). */
export const confer: Command<Models, z.infer<typeof input>, Conferred> = {
  name: 'confer',
  input,
  may: mayTake('CONFER'),
  run: async (tx, { conferredOn, posthumous, ...given }) => {
    const { faults } = tx;
    const { before, after } = await takeStep(tx, given, {
      action: 'CONFER',
      change: async ({ recipientKind, awardId }) => {
        const { eventOn } = await tx.get(awards, awardId ?? '');
        checkDay(faults, ['input', 'conferredOn'], conferredOn, { earliest: eventOn, latest: tx.today });
        if (posthumous && recipientKind === 'COLLECTIVE')
          addInvalid(faults, ['input', 'posthumous'], onlyPersons.vi, onlyPersons.en);
        return {};
      },
    });
    const award = await tx.get(awards, before.awardId ?? '');
    await tx.update(awards, award, { conferredOn, posthumous, status: 'CONFERRED' });
    return { id: after._id, awardId: award._id };
  },
};

const onlyPersons = {
  vi: 'Chỉ truy tặng cho cá nhân.',
  en: 'Only a person is commended posthumously.',
};
