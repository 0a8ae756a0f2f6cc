import { expect, test } from 'vitest';
import { faultsOfContent } from './contentRules.ts';

const item = (code: string, trackable = true, carriesOut: string | null = null) => ({
  code,
  trackable,
  carriesOut,
});
const indicator = (
  contentItem: string,
  measure: 'COUNT' | 'PERCENT' | 'VND' = 'COUNT',
  aggregation: 'SUM' | 'LATEST' | 'NONE' = 'SUM',
) => ({ code: 'CT1', contentItem, measure, aggregation });
const told = (...args: Parameters<typeof faultsOfContent>) =>
  faultsOfContent(...args).map(
    ({ code, path, params }) => `${code} ${path.join('.')}: ${params.en ?? params.code}`,
  );

const above = new Set(['ND1']);

test.each([
  ['nothing at all', [], [], []],
  ['counted and carried out', [item('ND5', true, 'ND1')], [indicator('ND5')], []],
  [
    'carrying out what the parent does not have',
    [item('ND5', true, 'ND9')],
    [],
    ['INPUT_INVALID contentItems.0.carriesOut: The parent campaign has no content item ND9.'],
  ],
  [
    'counted in an item that is not there',
    [item('ND5')],
    [indicator('ND6')],
    ['INPUT_INVALID indicators.0.contentItem: The plan has no content item ND6.'],
  ],
  [
    'counted where only text is allowed',
    [item('ND2', false)],
    [indicator('ND2')],
    ['INPUT_INVALID indicators.0.contentItem: The content item ND2 is text only and is not counted.'],
  ],
  [
    'a percentage that is added up',
    [item('ND3')],
    [indicator('ND3', 'PERCENT', 'SUM')],
    ['INDICATOR_NOT_ADDITIVE indicators.0.aggregation: CT1'],
  ],
  ['a percentage of which the latest counts', [item('ND3')], [indicator('ND3', 'PERCENT', 'LATEST')], []],
  ['a percentage that stands for itself', [item('ND3')], [indicator('ND3', 'PERCENT', 'NONE')], []],
  ['an amount that is added up', [item('ND5')], [indicator('ND5', 'VND', 'SUM')], []],
])('content with %s', (_, items, indicators, faults) => {
  expect(told(items, indicators, above)).toEqual(faults);
});
