import { z } from 'zod';
import { addDays } from '../../../schema/scalars/period.ts';
import type { UnitCopyRow } from '../../copies/units.ts';
import { code, commandInput, documentRef, localizedText, optional } from '../../records/command/inputs.ts';
import { requireReach, requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { IndicatorRecord, IndicatorTargetRecord } from '../model/content.ts';
import type { Models } from '../model/models.ts';
import type { Place } from '../model/shapes.ts';
import { dayOfTarget, spanOfTarget } from '../rules/targetPeriod.ts';
import { targets } from './aggregates.ts';
import { visibleCampaign } from './changeCampaign.ts';
import { addDateFaults } from './draftFields.ts';
import { placeOn, unitByCode } from './place.ts';
import { requireWork } from './requireWork.ts';

const amount = z.number().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
const baseline = z.object({
  year: z.number().int().min(1945).max(2100),
  value: optional(amount),
  note: optional(localizedText(1_000)),
  source: optional(documentRef),
});

const setting = z.object({
  ...commandInput,
  expectedVersion: optional(z.number().int().min(1)),
  indicator: z.string().min(1).max(100),
  unit: code,
  period: code,
  comparator: z.enum(['LT', 'LTE', 'EQ', 'GTE', 'GT']),
  threshold: amount,
  source: optional(documentRef),
  baseline: optional(baseline),
  actual: optional(amount),
  actualSource: optional(documentRef),
});
type Setting = z.infer<typeof setting>;

/**
 * Sets what a unit aims at and what it reached: typed in from published documents, never computed from other units or
 * from reports. Refuses with SOURCE_REQUIRED, and with CAMPAIGN_DATES when the unit did not exist in the period.
 */
export const setIndicatorTarget: Command<Models, Setting, { id: string }> = {
  name: 'setIndicatorTarget',
  input: setting,
  may: (viewer) => requireRole(viewer, 'OFFICER', 'COMMANDER'),
  run: async (tx, input) => {
    const { indicator, campaign } = await indicatorAt(tx, input.indicator);
    const { unit, scopePath } = await unitByCode(tx, input.unit, 'unit');
    requireReach(tx.viewer, scopePath);
    const key = { indicatorId: indicator._id, unitId: unit._id, period: input.period };
    const old = await oldTarget(tx, key, input.expectedVersion);
    requireWork(tx, 'setIndicatorTarget', campaign);
    addSourceFaults(tx, input);
    const { place, periodEnd } = await placeInPeriod(tx, input.period, unit, campaign);
    tx.faults.check();
    const { comparator, threshold, source, baseline: against, actual, actualSource } = input;
    const said = {
      comparator,
      threshold,
      source,
      baseline: against,
      actual,
      actualSource,
      periodEnd,
      ...place,
    };
    if (old) {
      await tx.update(targets, old, said);
      return { id: old._id };
    }
    const row = { _id: randomId('tgt'), ...key, ...said, synthetic: false };
    // Of two who set it first the second one finds a target that it has not read.
    await tx.insert(targets, row, { onDuplicate: ['VERSION_CONFLICT', notRead(1)] });
    return { id: row._id };
  },
};

const notFound = (tx: Tx<Models>, type: string, key: string, field: string): never =>
  tx.faults.refuse('NOT_FOUND', { path: ['input', field], params: { type, key } });

/** Gives an indicator by its address, with its campaign. Those of drafts that the viewer may not see are NOT_FOUND. */
async function indicatorAt(tx: Tx<Models>, address: string) {
  const indicator = await tx.models.indicators.findOne({ address }, {}, tx.options).lean<IndicatorRecord>();
  const campaign = indicator && (await visibleCampaign(tx, indicator.campaignId));
  if (!indicator || !campaign) return notFound(tx, 'Indicator', address, 'indicator');
  return { indicator, campaign };
}

/** Gives the target as the client has read it; null when there is none yet. Refuses with VERSION_CONFLICT, NOT_FOUND. */
async function oldTarget(
  tx: Tx<Models>,
  key: { readonly indicatorId: string; readonly unitId: string; readonly period: string },
  expectedVersion: number | null,
): Promise<IndicatorTargetRecord | null> {
  const old = await tx.models.targets.findOne(key, {}, tx.options).lean<IndicatorTargetRecord>();
  if (old === null && expectedVersion !== null)
    return notFound(tx, 'IndicatorTarget', key.period, 'expectedVersion');
  if (old === null) return null;
  if (old.version !== expectedVersion)
    tx.faults.refuse('VERSION_CONFLICT', notRead(old.version, expectedVersion ?? 0));
  return old;
}

const notRead = (actual: number, expected = 0) => ({
  path: ['input', 'expectedVersion'],
  params: { expected, actual },
});

/** Every number that is typed in names the document that it comes from. */
function addSourceFaults(
  { faults }: Tx<Models>,
  { source, actual, actualSource, baseline: against }: Setting,
) {
  const missing = (...path: string[]) => faults.add('SOURCE_REQUIRED', { path: ['input', ...path] });
  if (source === null) missing('source');
  if (actual !== null && actualSource === null) missing('actualSource');
  if (against !== null && against.source === null) missing('baseline', 'source');
}

/** Gives where a unit stood in a period; notes a period that is none, or in which the unit did not exist. */
async function placeInPeriod(
  tx: Tx<Models>,
  period: string,
  unit: UnitCopyRow,
  { phases }: CampaignRecord,
): Promise<{ place: Place; periodEnd: string }> {
  const span = spanOfTarget(period, phases);
  if (!span)
    return tx.faults.refuse('INPUT_INVALID', {
      path: ['input', 'period'],
      params: {
        vi: `${period} không phải là kỳ theo lịch hay một đợt của phong trào.`,
        en: `${period} is neither a period of the calendar nor a phase of the campaign.`,
      },
    });
  const day = dayOfTarget(span, unit.versions);
  const place = day && (await placeOn(tx, unit, day));
  if (!place) addDateFaults(tx, [unitNotThere], ['input']);
  const nowhere = { unitId: unit._id, pathAtEvent: '', levelAtEvent: '', line: [] };
  return { place: place || nowhere, periodEnd: addDays(span.before, -1) };
}

const unitNotThere = {
  path: ['period'],
  rule: 'the unit did not exist in the period',
  ruleVi: 'đơn vị không tồn tại trong kỳ này',
};
