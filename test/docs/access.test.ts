import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Grant, grants } from '../../server/access/grants.ts';
import type { AccessRules } from '../../server/access/rules.ts';
import { type Role, roles } from '../../server/viewer.ts';

const rules: AccessRules = JSON.parse(readFileSync('schema/access.json', 'utf8'));

const cellOf = (grant: Grant | undefined): string => {
  if (!grant) return '–';
  return `${grant.reach.toLowerCase()}${grant.by === 'TOKEN' ? ', named' : ''}`;
};

/** What a scope opens: the fields and types whose rule names it, without the pages that lead to a type. */
const openedBy = (scope: string): string =>
  Object.entries(rules)
    .filter(
      ([name, rule]) => rule.requiresScopes?.flat().includes(scope) && !/(Connection|Edge)$/u.test(name),
    )
    .map(([name]) => `\`${name.replace(/^(Query|Mutation)\./u, '')}\``)
    .join(', ');

/** What scopes open that no field of the schema asks for. */
const besideFields: Readonly<Record<string, string>> = { 'explain:read': '`extensions.explain`' };

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = [
  rowOf(['Scope', ...roles.map((role) => `\`${role}\``), 'Opens']),
  rowOf(['', ...roles, ''].map(() => '---')),
  ...Object.entries<Partial<Record<Role, Grant>>>(grants).map(([scope, row]) =>
    rowOf([
      `\`${scope}\``,
      ...roles.map((role) => cellOf(row[role])),
      openedBy(scope) || (besideFields[scope] ?? 'rows (below)'),
    ]),
  ),
].join('\n');

test('docs/access.md shows the table of server/access/grants.ts, and what each scope opens', () => {
  const page = readFileSync('docs/access.md', 'utf8');
  const shown = /<!-- grants -->\n(?<table>.*)\n<!-- \/grants -->/su.exec(page)?.groups?.table;
  expect(shown).toBe(table);
});
