import { expect, it } from 'vitest';
import type { CatalogueRow } from '../model/catalogue.ts';
import { houseSurveyProblems, noteProblems, unknownCodes } from './planCatalogue.ts';
import type { Problem } from './problem.ts';

const entry = (_id: string, flags: Partial<CatalogueRow> = {}): CatalogueRow => {
  const [dimension, code = ''] = _id.split(':');
  const plain = { order: 0, name: { vi: code }, origin: 'plan', sensitive: false };
  return {
    ...{ _id, code, dimension: dimension as CatalogueRow['dimension'], ...plain },
    ...{ buildsHouse: false, noteRequired: false, ...flags },
  };
};
const entries = [
  entry('KIND:NHA_TINH_NGHIA', { buildsHouse: true }),
  entry('KIND:TIEN_MAT'),
  entry('KIND:KHAC', { noteRequired: true }),
  entry('GROUP:NGUOI_NGHEO'),
  entry('FUNDING:NSNN'),
];

const told = (problems: readonly Problem[]): string[] =>
  problems.map(([code, { path }]) => `${code} ${path?.join('.')}`);

it('codes of groups and sources are those of the catalogues, each once', () => {
  const groups = ['NGUOI_NGHEO', 'NOBODY', 'NGUOI_NGHEO'].map((group) => ({ group }));
  const funding = ['NSNN', 'NGUOI_NGHEO'].map((source) => ({ source }));
  expect(told(unknownCodes({ groups, funding }, entries, ['plan']))).toEqual([
    'INPUT_INVALID plan.groups.1.group',
    'INPUT_INVALID plan.groups.2.group',
    'INPUT_INVALID plan.funding.1.source',
  ]);
});

it.each([
  ['KHAC', null, ['INPUT_INVALID plan.note']],
  ['KHAC', 'Khử khuẩn khu dân cư', []],
  ['TIEN_MAT', null, []],
  ['NGUOI_NGHEO', null, ['INPUT_INVALID input.kind']],
])('of kind %s with the note %s', (kind, note, found) => {
  expect(told(noteProblems({ note }, kind, entries, ['plan']))).toEqual(found);
});

const area = { code: '00004', listDate: '2021-08-01' };
const survey = (surveyedOn: string, cost: number | null = null) => ({ surveyedOn, cost });

it.each([
  ['a kind without a house', 'TIEN_MAT', { area: null, house: null }, []],
  [
    'a house of a kind without',
    'TIEN_MAT',
    { area, house: survey('2021-09-01') },
    ['INPUT_INVALID plan.house'],
  ],
  ['no survey', 'NHA_TINH_NGHIA', { area, house: null }, ['INPUT_INVALID plan.house']],
  ['a house with a place', 'NHA_TINH_NGHIA', { area, house: survey('2021-09-01', 0) }, []],
  [
    'a house nowhere',
    'NHA_TINH_NGHIA',
    { area: null, house: survey('2021-09-01') },
    ['INPUT_INVALID plan.area'],
  ],
  [
    'a survey to come',
    'NHA_TINH_NGHIA',
    { area, house: survey('2021-09-02') },
    ['HOUSE_DATE_ORDER plan.house.surveyedOn'],
  ],
  [
    'a negative cost',
    'NHA_TINH_NGHIA',
    { area, house: survey('2021-09-01', -1) },
    ['AMOUNT_NEGATIVE plan.house.cost'],
  ],
])('%s', (_, kind, plan, found) => {
  expect(told(houseSurveyProblems(plan, { kind, entries, today: '2021-09-01' }, ['plan']))).toEqual(found);
});
