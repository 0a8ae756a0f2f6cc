import { addDays } from '../../../../schema/scalars/period.ts';
import type {
  CampaignRow,
  ContentItemRecord,
  IndicatorRecord,
} from '../../../../subgraphs/campaigns/index.ts';
import { seededId } from '../../../../subgraphs/records/ids.ts';
import { type Random, randomOf } from '../../random.ts';
import { belongingTo, madeOn } from '../belonging.ts';
import type { Plan } from '../plan/campaign2021.ts';
import type { SeedUnit } from '../unitsOn.ts';

/** A made-up campaign that a unit launched to carry out the ministry's. */
export interface Child {
  readonly campaign: CampaignRow;
  readonly owner: SeedUnit;
  readonly contentItems: readonly ContentItemRecord[];
  readonly indicators: readonly IndicatorRecord[];
}

type Status = CampaignRow['status'];

/** Those that others may be under are published; of the rest each state occurs. */
const ofProvinces: readonly Status[] = ['ACTIVE', 'SUMMARISED', 'ACTIVE', 'CLOSED'];
const ofOthers: readonly Status[] = [
  'DRAFT',
  'ACTIVE',
  'ARCHIVED',
  'SUMMARISED',
  'RETURNED',
  'ACTIVE',
  'SUBMITTED',
  'CLOSED',
  'APPROVED',
  'PUBLISHED',
];
const launched: ReadonlySet<Status> = new Set(['ACTIVE', 'CLOSED', 'SUMMARISED', 'ARCHIVED']);
const ended: ReadonlySet<Status> = new Set(['CLOSED', 'SUMMARISED', 'ARCHIVED']);

/** Whether a made-up campaign was launched, so that units take part in it. */
export const isLaunched = ({ status }: CampaignRow): boolean => launched.has(status);

const themes = [
  { vi: 'Giữ bình yên từng thôn, bản', en: 'Peace in every hamlet' },
  { vi: 'Vì nhân dân phục vụ trong mùa dịch', en: 'Serving the people through the epidemic' },
  { vi: 'Mỗi ngày một việc tốt vì dân', en: 'One good deed a day for the people' },
  { vi: 'Nhanh thủ tục, tận tụy phục vụ', en: 'Quick procedures, devoted service' },
  { vi: 'Chung tay vượt khó, sáng mãi niềm tin', en: 'Hand in hand through hardship' },
  { vi: 'Vùng xanh an toàn, lòng dân vững chắc', en: 'Safe green zones, firm hearts' },
] as const;

const criteria: CampaignRow['criteria'] = [
  { code: 'TC1', name: { vi: 'Tổ chức phát động', en: 'Launch and organisation' }, maxScore: 20 },
  { code: 'TC2', name: { vi: 'Kết quả công tác dân vận', en: 'Mass mobilisation' }, maxScore: 30 },
  { code: 'TC3', name: { vi: 'An sinh xã hội', en: 'Social welfare' }, maxScore: 30 },
  { code: 'TC4', name: { vi: 'Chế độ báo cáo', en: 'Reporting' }, maxScore: 20 },
];

const carried = ['ND1-VB', 'ND4-SK', 'ND5-QUA', 'ND6-DVC'];

/** Gives the code of a unit's campaign: its own without the generation, which is 1 in 2021. */
const codeOf = (unit: SeedUnit): string => `${unit.code.replace(/\.\d+$/u, '')}-2021-COVID-TDDB`;

/** Launches `count` campaigns: of provinces, then departments, then districts, in the order of the tree. */
export function buildChildren(plan: Plan, units: readonly SeedUnit[], count: number): Child[] {
  const parents = new Map<string, CampaignRow>();
  const owners = ['PROVINCE', 'DEPARTMENT', 'DISTRICT'].flatMap((level) =>
    units.filter((unit) => unit.level === level),
  );
  const children = owners.slice(0, count).map((owner, index) => {
    const above = owner.line.slice(0, -1).reverse();
    const parent = above.flatMap((id) => parents.get(id) ?? [])[0] ?? plan.campaign;
    const campaign = campaignRow(owner, parent, index);
    if (owner.level === 'PROVINCE') parents.set(owner.id, campaign);
    return { campaign, owner, ...contentOf(campaign, parent, plan) };
  });
  return numbered(children, plan.campaign.seq);
}

/** Changes are numbered in the order of their days; the ministry's campaign was there before them all. */
function numbered(children: readonly Child[], last: number): Child[] {
  const dayOf = ({ campaign }: Child): string => `${campaign.updatedAt.toISOString()} ${campaign.code}`;
  return children
    .toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1))
    .map((child, index) => ({ ...child, campaign: { ...child.campaign, seq: last + index + 1 } }));
}

function campaignRow(owner: SeedUnit, parent: CampaignRow, index: number): CampaignRow {
  const random = randomOf(`campaign:${owner.code}`);
  const code = codeOf(owner);
  const states = owner.level === 'PROVINCE' ? ofProvinces : ofOthers;
  const status = states[index % states.length] ?? 'ACTIVE';
  const issuedOn = addDays('2021-08-16', random.int(0, 20));
  const endsOn = ended.has(status) ? '2022-05-31' : null;
  const launchedOn = launched.has(status) ? addDays(issuedOn, random.int(1, 8)) : null;
  return {
    _id: seededId('cmp', code),
    seq: 0,
    code,
    kind: 'SPECIAL',
    status,
    synthetic: true,
    parentId: parent._id,
    ownerId: owner.id,
    pathAtEvent: owner.path,
    line: owner.line,
    scopePath: owner.scopePath,
    ...textsOf(owner, random),
    legalBases: [{ kind: parent.plan.kind, document: parent.plan.document }],
    respondsTo: { name: parent.title, launchedBy: { vi: 'Bộ Công an', en: 'Ministry of Public Security' } },
    plan: {
      kind: { vi: 'Kế hoạch', en: 'Plan' },
      document: {
        number: `${random.int(10, 999)}/KH-MAU`,
        date: issuedOn,
        title: 'Kế hoạch mẫu (dữ liệu minh họa)',
      },
      signatory: null,
    },
    issuedOn,
    launchedOn,
    launchSource: null,
    endsOn,
    phases: phasesOf(code, launchedOn ?? issuedOn),
    timeline: [],
    criteria,
    ...madeOn(issuedOn),
    updatedAt: madeOn(endsOn ?? launchedOn ?? issuedOn).updatedAt,
  };
}

function textsOf({ name, code }: SeedUnit, random: Random) {
  const theme = random.pick(themes);
  const title = (vi: string, en: string) => ({
    vi: `${vi} của ${name.vi} (dữ liệu mẫu)`,
    en: `${en} of ${name.en ?? code} (sample data)`,
  });
  return {
    title: title('Phong trào thi đua đặc biệt', 'Special emulation movement'),
    theme: { vi: `${name.vi}: ${theme.vi}`, en: `${name.en ?? code}: ${theme.en}` },
    purpose: {
      vi: 'Cụ thể hóa phong trào của Bộ tại đơn vị (dữ liệu mẫu).',
      en: "Carries out the ministry's movement in the unit (sample data).",
    },
    requirements: [
      {
        vi: 'Thiết thực, hiệu quả, báo cáo đúng hạn (dữ liệu mẫu).',
        en: 'Practical, effective, reported on time (sample data).',
      },
    ],
    mottos: [{ code: 'PC1', role: 'PHUONG_CHAM_PHONG_TRAO' as const, text: { vi: theme.vi, en: theme.en } }],
  };
}

/** Three đợt of about three months each; a phase ends where the next begins. */
function phasesOf(code: string, start: string): CampaignRow['phases'] {
  const days = [start, '2021-11-16', '2022-02-16', '2022-06-01'];
  return [1, 2, 3].map((number) => ({
    code: `${code}:P${number}`,
    name: { vi: `Đợt ${number}`, en: `Phase ${number}` },
    from: days[number - 1] ?? start,
    before: days[number] ?? start,
  }));
}

function contentOf(
  campaign: CampaignRow,
  parent: CampaignRow,
  plan: Plan,
): Pick<Child, 'contentItems' | 'indicators'> {
  const belongs = belongingTo(campaign);
  return {
    contentItems: plan.contentItems.map((item) => ({
      ...item,
      ...belongs('cit', item.code),
      text: null,
      carriesOutId: seededId('cit', `${parent.code}:${item.code}`),
    })),
    indicators: plan.indicators
      .filter(({ code }) => carried.includes(code))
      .map((indicator, index) => ({
        ...indicator,
        ...belongs('ind', indicator.code),
        contentItemId: seededId('cit', `${campaign.code}:${indicator.code.split('-')[0]}`),
        order: index + 1,
      })),
  };
}
