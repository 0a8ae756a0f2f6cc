import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorCodes } from '../../server/errors.ts';
import { activities } from '../../subgraphs/activities/index.ts';
import { awards } from '../../subgraphs/awards/index.ts';
import { campaigns } from '../../subgraphs/campaigns/index.ts';
import { commonOutcomes, type Outcomes } from '../../subgraphs/records/command/outcomes.ts';
import { units } from '../../subgraphs/units/index.ts';

const outcomesOf: Readonly<Record<string, Outcomes>> = {
  records: commonOutcomes,
  units: units.outcomes ?? {},
  campaigns: campaigns.outcomes ?? {},
  activities: activities.outcomes ?? {},
  awards: awards.outcomes ?? {},
};

const page = readFileSync('docs/errors.md', 'utf8');
const entries = [...page.matchAll(/^### ([A-Z_0-9]+)\n\*\*Cause\.\*\* .+\n\*\*Cure\.\*\* .+$/gmu)].map(
  ([, code]) => code ?? '',
);

test('docs/errors.md has one entry, with cause and cure, for every code and no other', () => {
  const codes = [errorCodes, ...Object.values(outcomesOf)].flatMap((list) => Object.keys(list));
  expect(entries.toSorted()).toEqual([...new Set(codes)].toSorted());
});

test('every code is raised somewhere: none is a promise of a later day', () => {
  const grep = (...args: string[]) => execFileSync('git', ['grep', '-hoE', ...args], { encoding: 'utf8' });
  const elsewhere = grep("'[A-Z][A-Z_0-9]+'", '--', '*.ts', ':!server/errors.ts', ':!*.test.ts', ':!test');
  const made = grep("GraphError\\('[A-Z_0-9]+'", '--', 'server/errors.ts');
  const raised = new Set(`${elsewhere}\n${made}`.match(/[A-Z][A-Z_0-9]+(?=')/gu));
  // Apollo Server raises these itself; our edge passes them on.
  const apollos = [
    'GRAPHQL_PARSE_FAILED',
    'GRAPHQL_VALIDATION_FAILED',
    'OPERATION_RESOLUTION_FAILURE',
    'PERSISTED_QUERY_NOT_SUPPORTED',
  ];
  expect(Object.keys(errorCodes).filter((code) => !raised.has(code) && !apollos.includes(code))).toEqual([]);
});

test.each(Object.entries(outcomesOf))('every outcome of %s is raised by its code', (name, outcomes) => {
  const files = ['--', `subgraphs/${name}/**/*.ts`, ':!*.test.ts', ':!*/codes.ts', ':!*/outcomes.ts'];
  const text = execFileSync('git', ['grep', '-hoE', "'[A-Z][A-Z_0-9]+'", ...files], { encoding: 'utf8' });
  const raised = new Set(text.match(/[A-Z][A-Z_0-9]+/gu));
  expect(Object.keys(outcomes).filter((code) => !raised.has(code))).toEqual([]);
});

test('every outcome speaks both languages', () => {
  const silent = Object.values(outcomesOf).flatMap((outcomes) =>
    Object.entries(outcomes).filter(([code, { text }]) => {
      const { vi, en } = text({ vi: 'x', en: 'x' });
      return code !== 'INPUT_INVALID' && (vi.length < 10 || en.length < 10 || vi === en);
    }),
  );
  expect(silent).toEqual([]);
});
