import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorCodes } from '../../server/errors.ts';

const page = readFileSync('docs/errors.md', 'utf8');
const entries = [...page.matchAll(/^### ([A-Z_]+)\n\*\*Cause\.\*\* .+\n\*\*Cure\.\*\* .+$/gmu)].map(
  ([, code]) => code ?? '',
);

test('docs/errors.md has one entry, with cause and cure, for every code and no other', () => {
  expect(entries.toSorted()).toEqual(Object.keys(errorCodes).toSorted());
});

test('every code is raised somewhere: none is a promise of a later day', () => {
  const grep = (...args: string[]) => execFileSync('git', ['grep', '-hoE', ...args], { encoding: 'utf8' });
  const elsewhere = grep("'[A-Z][A-Z_]+'", '--', '*.ts', ':!server/errors.ts', ':!*.test.ts', ':!test');
  const made = grep("GraphError\\('[A-Z_]+'", '--', 'server/errors.ts');
  const raised = new Set(`${elsewhere}\n${made}`.match(/[A-Z][A-Z_]+(?=')/gu));
  // Apollo Server raises these itself; our edge passes them on.
  const apollos = [
    'GRAPHQL_PARSE_FAILED',
    'GRAPHQL_VALIDATION_FAILED',
    'OPERATION_RESOLUTION_FAILURE',
    'PERSISTED_QUERY_NOT_SUPPORTED',
  ];
  expect(Object.keys(errorCodes).filter((code) => !raised.has(code) && !apollos.includes(code))).toEqual([]);
});
