import type { ClusterScoreRow, EmulationClusterRecord } from '../../../../subgraphs/campaigns/index.ts';
import { seededId } from '../../../../subgraphs/records/ids.ts';
import { type Random, randomOf } from '../../random.ts';
import { madeOn } from '../belonging.ts';
import { grouped } from '../grouped.ts';
import type { SeedUnit } from '../unitsOn.ts';

const years = [2021, 2022];
/** Hà Nội, Hải Phòng, Đà Nẵng, Hồ Chí Minh City, Cần Thơ: the police of the five are a cluster in fact. */
const centralCities = new Set(['01', '31', '48', '79', '92']);

const criteria: EmulationClusterRecord['criteria'] = [
  { code: 'TC1', name: { vi: 'Công tác chuyên môn', en: 'Professional work' }, maxScore: 40 },
  {
    code: 'TC2',
    name: { vi: 'Dân vận và an sinh xã hội', en: 'Mobilisation and social welfare' },
    maxScore: 30,
  },
  { code: 'TC3', name: { vi: 'Cải cách hành chính', en: 'Administrative reform' }, maxScore: 20 },
  { code: 'TC4', name: { vi: 'Chế độ báo cáo', en: 'Reporting' }, maxScore: 10 },
];

interface Grouping {
  readonly code: string;
  readonly name: EmulationClusterRecord['name'];
  readonly members: readonly SeedUnit[];
}

/** Gives made-up clusters and their yearly scores: the central cities, the other provinces by eights, then districts. */
export function clusterRows(
  units: readonly SeedUnit[],
  count: number,
): {
  readonly clusters: readonly EmulationClusterRecord[];
  readonly scores: readonly ClusterScoreRow[];
} {
  const groupings = groupingsOf(units).slice(0, count);
  return {
    clusters: groupings.flatMap((grouping) => years.map((year) => clusterOf(grouping, year))),
    scores: groupings.flatMap((grouping) => years.flatMap((year) => scoresOf(grouping, year))),
  };
}

function groupingsOf(units: readonly SeedUnit[]): Grouping[] {
  const provinces = units.filter(({ level }) => level === 'PROVINCE');
  const isCentral = ({ provinceCode }: SeedUnit) => centralCities.has(provinceCode ?? '');
  const districts = grouped(
    units.filter(({ level }) => level === 'DISTRICT'),
    ({ provinceCode }) => provinceCode ?? '',
  );
  const groups = [
    provinces.filter(isCentral),
    ...inEights(provinces.filter((unit) => !isCentral(unit))),
    ...[...districts.values()].flatMap(inEights),
  ];
  return groups
    .filter((members) => members.length >= 2)
    .map((members, index) => {
      const number = String(index + 1).padStart(2, '0');
      const name = {
        vi: `Cụm thi đua số ${number} (dữ liệu mẫu)`,
        en: `Emulation cluster no. ${number} (sample data)`,
      };
      return { code: `CUM-${number}`, name, members };
    });
}

const inEights = (units: readonly SeedUnit[]): SeedUnit[][] =>
  Array.from({ length: Math.ceil(units.length / 8) }, (_, index) => units.slice(index * 8, index * 8 + 8));

const clusterOf = ({ code, name, members }: Grouping, year: number): EmulationClusterRecord => ({
  _id: seededId('clu', `${code}:${year}`),
  code,
  year,
  name,
  leaderId: members[year % members.length]?.id ?? null,
  memberIds: members.map(({ id }) => id),
  criteria,
  closedOn: null,
  scorings: 0,
  synthetic: true,
  ...madeOn(`${year}-01-15`),
});

/** The third member scores as the second does, so that every ranking of three or more shows a tie. */
function scoresOf({ code, members }: Grouping, year: number): ClusterScoreRow[] {
  const all = members.map((unit) => scoreOf(randomOf(`score:${code}:${year}:${unit.code}`)));
  return members.map((unit, index) => {
    const scores = (index === 2 ? all[1] : all[index]) ?? [];
    const score = scores.reduce((sum, one) => sum + one.score, 0);
    return {
      _id: seededId('sco', `${code}:${year}:${unit.code}`),
      clusterCode: code,
      period: String(year),
      unitId: unit.id,
      pathAtEvent: unit.path,
      score,
      scores,
    };
  });
}

/** Halves, so that sums are exact. */
const scoreOf = (random: Random): ClusterScoreRow['scores'] =>
  criteria.map(({ code, maxScore }) => ({
    criterion: code,
    score: maxScore - random.int(0, Math.round(maxScore * 0.6)) / 2,
  }));
