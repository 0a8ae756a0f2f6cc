import { z } from 'zod';
import { day, documentRef, localizedText, optional, says, text } from '../../records/command/inputs.ts';
import { type MottoRole, mottoRoleLabels } from '../rules/mottoRoles.ts';

/** What a CampaignDraftInput may hold, by length and shape; the rules of a plan come later. */

/** The code of a part of a campaign. */
const partCode = z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,31}$/u);
const title = localizedText(500);
const paragraph = localizedText(20_000);

/** A list whose parts have codes of their own, each once. */
const coded = <Part extends z.ZodType<{ readonly code: string }>>(part: Part, max: number) =>
  z
    .array(part)
    .max(max)
    .superRefine((parts, context) => {
      parts.forEach(({ code }, index) => {
        if (parts.findIndex((one) => one.code === code) < index)
          context.addIssue({
            code: 'custom',
            path: [index, 'code'],
            ...says('Mã này đã có trong danh sách.', 'The list has this code already.'),
          });
      });
    });

const blankIsNull = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value);

/** The Vietnamese text is `''` while it is missing. */
const theme = optional(
  z.object({
    vi: z.preprocess(blankIsNull, optional(text(1_000))),
    en: optional(text(1_000)),
  }),
).transform((value) => ({ vi: value?.vi ?? '', en: value?.en ?? null }));

const roles = Object.keys(mottoRoleLabels) as [MottoRole, ...MottoRole[]];
const motto = z.object({ code: partCode, role: z.enum(roles), text: localizedText(1_000) });
const legalBasis = z.object({ kind: title, document: documentRef, inForceBefore: optional(day) });
const plan = z.object({
  kind: title,
  document: documentRef,
  signatory: optional(z.object({ title, name: text(200) })),
});
const phase = z.object({ name: title, from: day, before: day });
const contentItem = z.object({
  code: partCode,
  title,
  text: optional(paragraph),
  trackable: z.boolean(),
  tracking: localizedText(2_000),
  carriesOut: optional(partCode),
});
const indicator = z.object({
  code: partCode,
  contentItem: partCode,
  name: title,
  unitOfMeasure: localizedText(100),
  measure: z.enum(['COUNT', 'PERCENT', 'VND']),
  direction: z.enum(['INCREASE', 'DECREASE']),
  aggregation: z.enum(['SUM', 'LATEST', 'NONE']),
});

const scoreCriterion = z.object({
  code: partCode,
  name: title,
  maxScore: z.number().positive().max(1_000).multipleOf(0.01),
});

/** The criteria that units are scored by, in a campaign or in a cluster. */
export const scoreCriteria = coded(scoreCriterion, 50);

export const campaignDraft = z.object({
  kind: optional(z.enum(['REGULAR', 'THEMATIC', 'SPECIAL'])),
  title,
  theme,
  purpose: optional(paragraph),
  requirements: optional(z.array(paragraph).max(50)),
  mottos: optional(coded(motto, 50)),
  legalBases: optional(z.array(legalBasis).max(50)),
  respondsTo: optional(z.object({ name: title, launchedBy: title })),
  plan: optional(plan),
  issuedOn: day,
  launchedOn: optional(day),
  launchSource: optional(documentRef),
  endsOn: optional(day),
  phases: optional(z.array(phase).max(20)),
  contentItems: optional(coded(contentItem, 50)),
  indicators: optional(coded(indicator, 100)),
  criteria: optional(scoreCriteria),
});

export type CampaignDraft = z.infer<typeof campaignDraft>;
