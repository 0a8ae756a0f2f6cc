import { z } from 'zod';
import { count, day, onExisting } from '../../records/command/inputs.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Models } from '../model/models.ts';
import { brokenRules } from '../rules/actions.ts';
import { addsUp } from '../rules/tally.ts';
import { addInvalid, addObstacles, checkDay, mayTake } from './checks.ts';
import { papers } from './inputs.ts';
import { storedPapers, withPapers } from './papers.ts';
import { takeStep } from './step.ts';

const input = z.object({
  ...onExisting,
  heldOn: day,
  members: count,
  present: count,
  inFavour: count,
  against: count,
  blank: count,
  secret: z.boolean(),
  papers,
});

/**
 * Records the vote of the council. Without a quorum there was no vote to record: QUORUM_NOT_MET. A vote below the mark is
 * one, and the dossier then goes back or is refused; so that nobody records it by mistake, it is held up with the
 * warning VOTE_BELOW_MARK. A later vote, at the next level, takes the place of the earlier one.
 */
export const recordVote: Command<Models, z.infer<typeof input>, { readonly id: string }> = {
  name: 'recordVote',
  input,
  may: mayTake('VOTE'),
  run: async (tx, { heldOn, members, present, inFavour, against, blank, secret, ...given }) => {
    const { faults } = tx;
    const vote = { heldOn, members, present, inFavour, against, blank, secret };
    const { after } = await takeStep(tx, given, {
      action: 'VOTE',
      change: (dossier, law) => ({
        vote,
        papers: withPapers(dossier.papers, storedPapers(faults, law, given.papers, ['input', 'papers'])),
      }),
      check: (dossier, facts) => {
        checkDay(faults, ['input', 'heldOn'], heldOn, { earliest: dossier.receivedOn, latest: tx.today });
        if (!addsUp(vote)) addInvalid(faults, ['input', 'present'], doesNotAddUp.vi, doesNotAddUp.en);
        addObstacles(faults, brokenRules(['QUORUM_NOT_MET'], dossier, facts), ['input', 'present']);
        const [lost] = brokenRules(['VOTE_BELOW_MARK'], dossier, facts);
        if (lost) {
          const { vi, en } = lost.message;
          const params = { vi, en: en ?? vi };
          faults.add('VOTE_BELOW_MARK', { severity: 'WARNING', path: ['input', 'inFavour'], params });
        }
      },
    });
    return { id: after._id };
  },
};

const doesNotAddUp = {
  vi: 'Số phiếu không khớp: người dự không nhiều hơn thành viên, và bằng tổng số phiếu tán thành, không tán thành, trắng.',
  en: 'The numbers do not add up: no more are present than are members, and each of them votes in favour, against or blank.',
};
