import { z } from 'zod';
import { addDays } from '../../../schema/scalars/period.ts';
import { day, onExisting, optional } from '../../records/command/inputs.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { DossierAction } from '../model/codes.ts';
import type { Models } from '../model/models.ts';
import { checkDay, mayTake } from './checks.ts';
import { papers } from './inputs.ts';
import { storedPapers, withPapers } from './papers.ts';
import { takeStep } from './step.ts';

/** The steps that bring nothing but the papers that come with them. */

const input = z.object({ ...onExisting, papers });
type Step = Command<Models, z.infer<typeof input>, { readonly id: string }>;

const withItsPapers = (name: string, action: DossierAction): Step => ({
  name,
  input,
  may: mayTake(action),
  run: async (tx, given) => {
    const { after } = await takeStep(tx, given, {
      action,
      change: (dossier, law) => ({
        papers: withPapers(dossier.papers, storedPapers(tx.faults, law, given.papers, ['input', 'papers'])),
      }),
    });
    return { id: after._id };
  },
});

/** Records the review of the proposing unit (biên bản bình xét), by its commander. */
export const reviewDossier = withItsPapers('reviewDossier', 'REVIEW');

/** Records the appraisal (thẩm định), at the first level and again at each that the dossier is sent up to. */
export const appraiseDossier = withItsPapers('appraiseDossier', 'APPRAISE');

/** Sends the dossier up to the next level (trình cấp trên). */
export const forwardDossier = withItsPapers('forwardDossier', 'FORWARD');

const noticeInput = z.object({ ...onExisting, from: optional(day), before: optional(day) });

/** Opens the public notice. It lasts as long as the form's rule says, or longer. */
export const openNotice: Command<Models, z.infer<typeof noticeInput>, { readonly id: string }> = {
  name: 'openNotice',
  input: noticeInput,
  may: mayTake('OPEN_NOTICE'),
  run: async (tx, { from: asked, before, ...given }) => {
    const from = asked ?? tx.today;
    const { after } = await takeStep(tx, given, {
      action: 'OPEN_NOTICE',
      check: ({ vote }, { rule }) => {
        const path = ['input', 'from'];
        checkDay(tx.faults, path, from, { earliest: vote?.heldOn ?? null, latest: tx.today });
        const end = addDays(from, rule?.noticeDays ?? 0);
        if (before !== null && before < end)
          tx.faults.add('NOTICE_PERIOD_OPEN', { path: ['input', 'before'], params: tooShort(end) });
      },
      change: ({ form, regime, judgedOn }, law) => {
        const days = law.rule(form, regime, judgedOn)?.noticeDays ?? 0;
        return { notice: { from, before: before ?? addDays(from, days) } };
      },
    });
    return { id: after._id };
  },
};

const tooShort = (end: string) => ({
  vi: `Phải công khai ít nhất đến trước ngày ${end}.`,
  en: `It lasts until ${end} at least.`,
});
