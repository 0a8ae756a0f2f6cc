import { z } from 'zod';
import {
  code,
  commandInput,
  count,
  day,
  id,
  localizedText,
  onExisting,
  optional,
  text,
  vnd,
} from '../../records/command/inputs.ts';

const MAX_LINES = 20;

const list = <T extends z.ZodType>(item: T) => z.array(item).max(MAX_LINES);

const plan = z.object({
  title: localizedText(300),
  note: optional(text(2_000)),
  startsOn: day,
  endsOn: optional(day),
  contentItem: optional(id),
  coOrganisers: list(code),
  area: optional(z.object({ code: z.string().regex(/^\d{5}$/u), listDate: day })),
  targeted: optional(count),
  groups: list(z.object({ group: code, targeted: count })).min(1),
  plannedAmount: vnd,
  funding: list(z.object({ source: code, planned: vnd })),
  inKind: list(
    z.object({
      item: localizedText(200),
      quantity: z.number().positive().max(1_000_000_000),
      measure: localizedText(50),
      value: vnd,
    }),
  ),
  house: optional(z.object({ surveyedOn: day, cost: optional(vnd) })),
});

/** A plan as a command gets it: lengths and shapes are checked, nothing else. */
export type Plan = z.infer<typeof plan>;

/** Where faults of a plan lie. */
export const atPlan: readonly string[] = ['input', 'plan'];

export const planActivityInput = z.object({ ...commandInput, campaign: code, unit: code, kind: code, plan });
export type PlanActivity = z.infer<typeof planActivityInput>;

export const updateActivityPlanInput = z.object({ ...onExisting, plan });
export type UpdateActivityPlan = z.infer<typeof updateActivityPlanInput>;
