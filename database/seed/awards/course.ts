import { addDays } from '../../../schema/scalars/period.ts';
import type {
  DossierAction,
  DossierState,
  FormRuleRecord,
  TransitionRecord,
  VoteTallyRecord,
} from '../../../subgraphs/awards/index.ts';
import type { Random } from '../random.ts';
import type { Place } from './places.ts';

/** What happened to a dossier, and where that left it. */
export interface Course {
  readonly state: DossierState;
  readonly stateSince: string;
  readonly history: readonly TransitionRecord[];
  readonly vote: VoteTallyRecord | null;
  readonly notice: { readonly from: string; readonly before: string } | null;
}

interface Ways {
  readonly random: Random;
  readonly aim: DossierState;
  readonly begunOn: string;
  readonly rule: FormRuleRecord;
  readonly proposer: Place;
  readonly decider: Place;
}

/** Nothing happens after this day. */
const LAST_DAY = '2026-11-15';

type Step = readonly [action: DossierAction, to: DossierState, least: number, most: number];

const submit: Step = ['SUBMIT', 'SUBMITTED', 0, 0];
const review: Step = ['REVIEW', 'UNIT_REVIEWED', 3, 10];
const appraise: Step = ['APPRAISE', 'APPRAISED', 5, 20];
const vote: Step = ['VOTE', 'COUNCIL_VOTED', 5, 20];
const openNotice: Step = ['OPEN_NOTICE', 'PUBLIC_NOTICE', 1, 4];
const giveBack: Step = ['RETURN', 'RETURNED', 3, 10];
const submitAgain: Step = ['SUBMIT', 'SUBMITTED', 5, 20];
const withdraw: Step = ['WITHDRAW', 'WITHDRAWN', 2, 15];
const reject: Step = ['REJECT', 'REJECTED', 3, 15];
const confer: Step = ['CONFER', 'CONFERRED', 5, 40];
const revoke: Step = ['REVOKE', 'REVOKED', 90, 400];

const reasons: Readonly<Partial<Record<DossierAction, string>>> = {
  RETURN: 'Báo cáo thành tích chưa có xác nhận của cấp trình; đề nghị bổ sung.',
  REJECT: 'Không đủ điều kiện theo quy định của hình thức khen thưởng này.',
  WITHDRAW: 'Đơn vị đề nghị rút hồ sơ để hoàn thiện.',
  REVOKE: 'Có kết luận của cơ quan có thẩm quyền về việc không bảo đảm tiêu chuẩn.',
};

/** The way of a dossier that meets no obstacle, as long as its form needs it. */
function straightWay({ rule }: Ways): readonly Step[] {
  const higher = rule.decidedBy !== 'UNIT_HEAD';
  const days = rule.noticeDays === null ? [] : [openNotice];
  const wait = rule.noticeDays ?? 0;
  const forward: Step = ['FORWARD', 'FORWARDED', wait + 2, wait + 15];
  const decide: Step = ['DECIDE', 'DECIDED', higher ? 20 : 3, higher ? 90 : 20];
  return [submit, review, appraise, vote, ...days, ...(higher ? [forward] : []), decide, confer];
}

const upTo = (steps: readonly Step[], state: DossierState): readonly Step[] => {
  const last = steps.findIndex(([, to]) => to === state);
  return last === -1 ? steps.slice(0, steps.indexOf(vote) + 1) : steps.slice(0, last + 1);
};

/** The steps that lead to the aim; one dossier in ten was sent back once before. */
function stepsTo(ways: Ways): readonly Step[] {
  const { random, aim } = ways;
  const way = straightWay(ways);
  const stage = random.pick(['SUBMITTED', 'UNIT_REVIEWED', 'APPRAISED'] as const);
  if (aim === 'DRAFT') return [];
  if (aim === 'RETURNED') return [...upTo(way, stage), giveBack];
  if (aim === 'WITHDRAWN') return [submit, withdraw];
  if (aim === 'REJECTED') return [...upTo(way, random.chance(0.6) ? 'COUNCIL_VOTED' : 'APPRAISED'), reject];
  const steps = aim === 'REVOKED' ? [...way, revoke] : upTo(way, aim);
  return random.chance(0.1) ? [submit, giveBack, submitAgain, ...steps.slice(1)] : steps;
}

const atProposer = new Set<DossierAction>(['SUBMIT', 'REVIEW', 'WITHDRAW']);

const roleOf = (action: DossierAction, decider: Place): TransitionRecord['role'] => {
  if (action === 'SUBMIT' || action === 'WITHDRAW') return 'OFFICER';
  return !atProposer.has(action) && decider.level === 'MINISTRY' ? 'MINISTRY' : 'COMMANDER';
};

/** Lets the steps happen one after the other, until the last day. */
export function courseOf(ways: Ways): Course {
  const { random, begunOn, rule, proposer, decider } = ways;
  const history: TransitionRecord[] = [];
  let state: DossierState = 'DRAFT';
  let day = begunOn;
  let tally: VoteTallyRecord | null = null;
  let notice: Course['notice'] = null;
  for (const [action, to, least, most] of stepsTo(ways)) {
    const next = addDays(day, random.int(least, most));
    if (next > LAST_DAY) break;
    day = next;
    history.push({
      no: history.length + 1,
      action,
      from: state,
      to,
      at: new Date(`${day}T0${random.int(8, 9)}:${random.int(10, 59)}:00+07:00`),
      role: roleOf(action, decider),
      unitId: (atProposer.has(action) ? proposer : decider).unitId,
      reason: reasons[action] ?? null,
    });
    state = to;
    if (action === 'VOTE') tally = voteOn(ways, day);
    if (action === 'OPEN_NOTICE') notice = { from: day, before: addDays(day, rule.noticeDays ?? 0) };
  }
  return { state, stateSince: day, history, vote: tally, notice };
}

/** A vote that meets the marks of the rule, unless the dossier is to be refused. */
function voteOn({ random, aim, rule }: Ways, heldOn: string): VoteTallyRecord {
  const members = random.int(9, 15);
  const share = (percent: number | null): number => Math.ceil((members * (percent ?? 0)) / 100);
  const present = Math.max(
    share(rule.quorumPercent),
    share(rule.passMarkPercent),
    members - random.int(0, 2),
  );
  const needed = share(rule.passMarkPercent);
  const inFavour = aim === 'REJECTED' ? random.int(2, needed - 1) : random.int(needed, present);
  const against = random.int(0, present - inFavour);
  return { heldOn, members, present, inFavour, against, blank: present - inFavour - against, secret: true };
}
