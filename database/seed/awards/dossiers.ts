import { addDays } from '../../../schema/scalars/period.ts';
import type {
  AwardDossierRecord,
  DossierState,
  FormRuleRecord,
  StoredRecipient,
} from '../../../subgraphs/awards/index.ts';
import { awardRules } from '../../../subgraphs/awards/index.ts';
import { seededId } from '../../../subgraphs/records/ids.ts';
import { randomOf } from '../random.ts';
import { type Course, courseOf } from './course.ts';
import type { CatalogueRow } from './forms.ts';
import { regimeRows } from './law.ts';
import type { Place, Places } from './places.ts';
import { type Plot, plotOf } from './plot.ts';
import { paperTerms } from './terms.ts';

/** What an activity gives to a dossier that rests on it. */
export interface ActivityRef {
  readonly id: string;
  readonly unitId: string;
  readonly startsOn: string;
}

/** All that a dossier is drawn from. */
export interface Ground {
  readonly catalogue: readonly CatalogueRow[];
  readonly rulesOf: ReadonlyMap<string, readonly FormRuleRecord[]>;
  readonly places: Places;
  readonly campaignId: string | null;
  readonly activities: readonly ActivityRef[];
}

const midnight = (date: string): Date => new Date(`${date}T00:00:00+07:00`);
const ranks = ['Thiếu úy', 'Trung úy', 'Thượng úy', 'Đại úy', 'Thiếu tá', 'Trung tá'] as const;

/** Every fiftieth dossier asks again for what the one before it asked for: the same recipient, form and achievement. */
const TWINS = 50;
const isTwin = (index: number): boolean => index % TWINS === TWINS - 1;

/** Makes the dossier of an index: the same on every machine, whatever else is made. */
export function dossierAt(ground: Ground, index: number): AwardDossierRecord {
  const told = isTwin(index) ? index - 1 : index;
  const random = randomOf(`awards:dossier:${told}`);
  const plot = plotOf(random, ground.catalogue, told);
  const activity = activityFor(ground, plot, random);
  const { places } = ground;
  const at =
    (activity && places.on(activity.unitId, plot.begunOn)) ?? places.any(random, plot.levels, plot.begunOn);
  const begun: Begun = { plot, at, activity, told, index };
  const twin = isTwin(index);
  const course = twin ? { ...plot, aim: 'RETURNED' as const, begunOn: addDays(plot.begunOn, 20) } : plot;
  return filled(ground, begun, course);
}

interface Begun {
  readonly plot: Plot;
  readonly at: Place;
  readonly activity: ActivityRef | null;
  /** The index of the dossier that this one tells again, or its own. */
  readonly told: number;
  readonly index: number;
}

/** Half of the campaign's dossiers rest on a social-support activity of the recipient's unit. */
function activityFor(
  { activities }: Ground,
  { kind, begunOn, form }: Plot,
  random: ReturnType<typeof randomOf>,
) {
  if (kind !== 'MOVEMENT' || activities.length === 0 || form.stateLevel || !random.chance(0.6)) return null;
  const activity = random.pick(activities);
  return activity.startsOn < begunOn ? activity : null;
}

function filled(ground: Ground, begun: Begun, plot: Plot): AwardDossierRecord {
  const { places } = ground;
  const { at, index } = begun;
  const random = randomOf(`awards:course:${index}`);
  const regime = awardRules.regimeOn(regimeRows, plot.begunOn);
  const rule = ruleFor(ground, { form: plot.form.code, regime, judgedOn: plot.begunOn });
  const decider = deciderOf(places, rule, plot, at);
  const course = courseOf({ random, aim: plot.aim, begunOn: plot.begunOn, rule, proposer: at, decider });
  const number = `HS-${plot.begunOn.slice(0, 4)}-${String(index + 1).padStart(6, '0')}`;
  return {
    _id: seededId('dos', number),
    seq: index + 1,
    number,
    form: plot.form.code,
    kind: plot.kind,
    stateLevel: plot.form.stateLevel,
    campaignId: plot.kind === 'MOVEMENT' ? ground.campaignId : null,
    ...recipientOf(places, begun, course),
    ...placedAt(at),
    regime,
    judgedOn: plot.begunOn,
    ...outcomeOf(course, plot.begunOn),
    proposerId: at.unitId,
    proposerPath: at.scopePath,
    decidedBy: rule.decidedBy,
    decidingUnitId: rule.minLevel === null ? null : decider.unitId,
    decidingLevel: rule.minLevel === null ? null : decider.level,
    decidingPath: decider.scopePath,
    achievements: achievementsOf(begun, plot),
    papers: papersOf(rule, course, number),
    conduct: conductOf(course, random.chance(0.1)),
    awardId: isDecided(course.state) ? seededId('awd', number) : null,
    synthetic: true,
    createdAt: midnight(plot.begunOn),
  };
}

const placedAt = ({ unitId, level, provinceCode, pathAtEvent, unitPath, scopePath }: Place) => ({
  unitId,
  levelAtEvent: level,
  provinceCode,
  pathAtEvent,
  unitPath,
  scopePath,
});

/** A dossier without a step is a draft, which nobody has received. */
function outcomeOf({ state, stateSince, history, vote, notice }: Course, begunOn: string) {
  const receivedOn = history.length > 0 ? begunOn : null;
  return {
    state,
    stateSince,
    daysToState: receivedOn === null ? null : daysBetween(receivedOn, stateSince),
    receivedOn,
    history,
    vote,
    notice,
    updatedAt: history.at(-1)?.at ?? midnight(begunOn),
    version: history.length + 1,
  };
}

/** Gives the rule that judges a dossier. Throws when the catalogue has none. */
export function ruleFor(
  { rulesOf }: Ground,
  { form, regime, judgedOn }: Pick<AwardDossierRecord, 'form' | 'regime' | 'judgedOn'>,
): FormRuleRecord {
  const rule = awardRules.ruleOf(rulesOf.get(form) ?? [], regime, judgedOn);
  if (!rule) throw new RangeError(`No rule of ${form} on ${judgedOn}.`);
  return rule;
}

/** Whether a decision was made, be it revoked since. */
export const isDecided = (state: DossierState): boolean =>
  state === 'DECIDED' || state === 'CONFERRED' || state === 'REVOKED';

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

const atLeastDistrict = new Set(['MINISTRY', 'DEPARTMENT', 'PROVINCE', 'DIVISION', 'DISTRICT']);
const atLeastProvince = new Set(['MINISTRY', 'DEPARTMENT', 'PROVINCE']);

/** The nearest unit high enough; for a collective never the unit itself. What is decided above the force goes through the ministry. */
function deciderOf(places: Places, { minLevel }: FormRuleRecord, plot: Plot, at: Place): Place {
  const above = places.above(at);
  const candidates = plot.recipientKind === 'INDIVIDUAL' ? [at, ...above] : above;
  const enough = minLevel === 'DISTRICT' ? atLeastDistrict : atLeastProvince;
  const found =
    minLevel === null || minLevel === 'MINISTRY'
      ? above.at(-1)
      : candidates.find(({ level }) => enough.has(level));
  return found ?? at;
}

function recipientOf(places: Places, { at, told, plot }: Begun, course: Course) {
  const decidedOn = course.history.find(({ action }) => action === 'DECIDE');
  const nameAtDecision = decidedOn ? places.nameOn(at.unitId, dayOf(decidedOn.at)) : null;
  const shared = { unitId: at.unitId, nameAtDecision };
  const recipient: StoredRecipient =
    plot.recipientKind === 'COLLECTIVE' ? { kind: 'COLLECTIVE', ...shared } : personOf(shared, told);
  return {
    recipientKind: plot.recipientKind,
    recipientKey: recipient.kind === 'COLLECTIVE' ? `U:${at.unitId}` : `P:${recipient.ref}`,
    recipient,
  };
}

const dayOf = (at: Date): string => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);

/** Nobody: a numbered specimen. */
function personOf(shared: Pick<StoredRecipient, 'unitId' | 'nameAtDecision'>, told: number): StoredRecipient {
  const random = randomOf(`awards:person:${told}`);
  const number = String(told + 1).padStart(4, '0');
  return {
    kind: 'INDIVIDUAL',
    ...shared,
    ref: seededId('per', number),
    displayName: `Cán bộ mẫu ${number}`,
    rank: random.pick(ranks),
    consented: random.chance(0.6),
  };
}

function achievementsOf({ activity, told }: Begun, plot: Plot): AwardDossierRecord['achievements'] {
  const campaign = plot.kind === 'MOVEMENT';
  return [
    {
      id: `TT-${told + 1}`,
      key: `TT-${String(told + 1).padStart(6, '0')}`,
      summary: campaign
        ? 'Thành tích mẫu trong phong trào thi đua đặc biệt (dữ liệu giả định).'
        : 'Thành tích công tác mẫu (dữ liệu giả định).',
      from: campaign ? '2021-08-15' : addDays(plot.begunOn, -365),
      before: addDays(plot.begunOn, campaign ? 0 : -5),
      activityIds: activity ? [activity.id] : [],
    },
  ];
}

/** The papers that its way so far has needed; a returned one lacks the confirmation it was returned for. */
function papersOf(rule: FormRuleRecord, course: Course, number: string): AwardDossierRecord['papers'] {
  const passed = new Set<DossierState>(course.history.map(({ to }) => to));
  const incomplete = course.state === 'RETURNED' || course.state === 'DRAFT';
  return paperTerms
    .filter(
      ({ code, neededFrom }) => rule.requiredPapers.includes(code) && neededFrom && passed.has(neededFrom),
    )
    .map(({ code, name, confirmations = [] }, index) => ({
      kind: code,
      document: { number: `${index + 1}/${number}`, title: `${name.vi} (mẫu)` },
      confirmations: incomplete ? confirmations.slice(0, 1) : confirmations,
    }));
}

/** The personnel office is asked when the unit reviews; one refused dossier in ten was refused for its answer. */
function conductOf({ state, history }: Course, bad: boolean): AwardDossierRecord['conduct'] {
  const review = history.find(({ action }) => action === 'REVIEW');
  if (!review) return null;
  return { checkedOn: dayOf(review.at), clear: !(state === 'REJECTED' && bad) };
}
