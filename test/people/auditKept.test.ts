import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** The audit has no deleter (DOMAIN §5.9): nothing in the product changes or takes away an entry. */

const files = execFileSync('git', ['ls-files', '*.ts', ':!test', ':!*.test.ts', ':!database/embedded'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean);
const changing =
  /\baudit(?:\.collection)?\s*\.\s*(?:deleteOne|deleteMany|findOneAnd\w+|updateOne|updateMany|replaceOne|bulkWrite|drop\w*|remove|insertMany\s*\(\s*\[\s*\])/u;

it('no code changes or deletes what stands in an audit, and only the journal names its collection', () => {
  expect(files.length).toBeGreaterThan(300);
  const found = files.filter((file) => {
    const text = readFileSync(file, 'utf8');
    const names = /_audit\b/u.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, ''));
    return changing.test(text) || (names && file !== 'subgraphs/records/command/journal.ts');
  });
  expect(found).toEqual([]);
});

it('an audit has no index that lets its entries expire', () => {
  const journal = readFileSync('subgraphs/records/command/journal.ts', 'utf8');
  const [, audit = ''] = /const audit = new Schema([\s\S]*?);\n/u.exec(journal) ?? [];
  expect(audit).toContain('.index(');
  expect(audit).not.toContain('expireAfterSeconds');
});

it('the role for the product in docs/personal-data.md may add to an audit and read it, and no more', () => {
  const page = readFileSync('docs/personal-data.md', 'utf8');
  const [, script = ''] = /```js\n([\s\S]*?createRole[\s\S]*?)```/u.exec(page) ?? [];
  const roles: { privileges: { resource: { collection: string }; actions: string[] }[] }[] = [];
  const names = ['activities_audit', 'activities_deliveries', 'units_audit', 'units_units', 'system.views'];
  const db = {
    getName: () => 'emulation',
    getCollectionNames: () => names,
    createRole: (role: (typeof roles)[number]) => roles.push(role),
  };
  new Function('db', script)(db);
  const actionsOn = (name: string) =>
    roles
      .flatMap(({ privileges }) => privileges)
      .filter(({ resource }) => resource.collection === name || resource.collection === '')
      .flatMap(({ actions }) => actions);
  for (const name of ['activities_audit', 'units_audit'])
    expect(
      actionsOn(name).filter((action) => /update|remove|drop|convert|collMod|rename/iu.test(action)),
    ).toEqual([]);
  expect(actionsOn('activities_audit')).toEqual(expect.arrayContaining(['find', 'insert']));
  expect(actionsOn('activities_deliveries')).toEqual(expect.arrayContaining(['update', 'remove']));
});
