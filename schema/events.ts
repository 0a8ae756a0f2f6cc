import { z } from 'zod';

/**
 * What one subgraph knows of another's records. Copied are only codes, paths, levels and dates: what a filter or a
 * sum needs, never a name (HOUSE, Decisions, Events). The owner's feed carries these shapes; the seed loads them.
 */

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);

export const unitLevels = [
  'MINISTRY',
  'DEPARTMENT',
  'PROVINCE',
  'DIVISION',
  'DISTRICT',
  'TEAM',
  'COMMUNE',
] as const;
export type UnitLevel = (typeof unitLevels)[number];

/** One version of a unit: what it was from a day (in) to a day (out); null `before` is open. */
export const unitVersionCopy = z.object({
  path: z.string(),
  level: z.enum(unitLevels),
  provinceCode: z.string().nullable(),
  regionCode: z.string().nullable(),
  from: date,
  before: date.nullable(),
});
export type UnitVersionCopy = z.infer<typeof unitVersionCopy>;

/** A unit with all its versions, and the primary FULL successor that its facts follow. */
export const unitCopy = z.object({
  id: z.string(),
  code: z.string(),
  versions: z.array(unitVersionCopy).min(1),
  /** The unit that wholly took this one over; null while it lives, when it was split, or when nobody knows. */
  successorId: z.string().nullable(),
  /** Counts the owner's changes to this unit; a copy takes only a higher one. */
  version: z.number().int(),
});
export type UnitCopy = z.infer<typeof unitCopy>;

export const campaignStatuses = [
  'DRAFT',
  'SUBMITTED',
  'RETURNED',
  'APPROVED',
  'PUBLISHED',
  'ACTIVE',
  'CLOSED',
  'SUMMARISED',
  'ARCHIVED',
] as const;

/** A campaign as other subgraphs need it. `phases` make phase codes (`CODE:P2`) periods. */
export const campaignCopy = z.object({
  id: z.string(),
  code: z.string(),
  status: z.enum(campaignStatuses),
  issuedOn: date,
  launchedOn: date.nullable(),
  endsOn: date.nullable(),
  phases: z.array(z.object({ code: z.string(), from: date, before: date })),
  contentItems: z.array(z.object({ id: z.string(), code: z.string() })),
  version: z.number().int(),
});
export type CampaignCopy = z.infer<typeof campaignCopy>;

/**
 * One domain event as a feed carries it: on which record what was done, and the record as others keep it. `seq` grows by
 * commit order without a reader ever missing one; an event may come twice, and a copy takes only a higher version.
 */
export const domainEvent = z.object({
  seq: z.number().int(),
  id: z.string(),
  /** The GraphQL type of the record. */
  type: z.string(),
  entityId: z.string(),
  version: z.number().int(),
  /** The mutation that did it. */
  action: z.string(),
  at: z.iso.datetime(),
  copy: z.record(z.string(), z.unknown()).nullable(),
});
export type DomainEvent = z.infer<typeof domainEvent>;

/** The answer of a feed: events after a position, in order; an empty list when there is none yet. */
export const feedPage = z.object({ events: z.array(domainEvent) });
