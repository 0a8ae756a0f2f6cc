import { readFileSync, writeFileSync } from 'node:fs';
import { accumulators, refusedAccumulators } from './aggregate/accumulators/accumulators.ts';
import { expressionOperators } from './aggregate/expressions/operators.ts';
import { refusedOperators as refusedExpressions } from './aggregate/expressions/special.ts';
import { sinks } from './aggregate/stages/sinks.ts';
import { refusedStages, stages } from './aggregate/stages/stages.ts';
import { windowFunctions } from './aggregate/window/functions.ts';
import { commands } from './commands/registry.ts';
import { schemaKeywords } from './core/match/jsonschema/compile.ts';
import { queryOperators, refusedOperators as refusedQueries } from './core/match/operators.ts';
import { logicalOperators } from './core/match/parse.ts';
import { updateOperators } from './core/update/operators.ts';

/**
 * Writes the table of `docs/embedded-database.md` from the registries that the code itself runs by, so that the page
 * cannot say more than is there. With `--check` nothing is written, and a stale page ends the process with 1.
 */

type Registry = Readonly<Record<string, unknown>>;

/** Parsed where they stand alone, outside the registries: a pair of paths, a first stage, and what asks for an index kind. */
const alone: Readonly<Record<'update' | 'stage' | 'query', Registry>> = {
  update: { $rename: true },
  stage: { $changeStream: true, $listLocalSessions: true },
  query: { $text: true },
};

const without = (registry: Registry, names: Registry): Registry =>
  Object.fromEntries(Object.entries(registry).filter(([name]) => !Object.hasOwn(names, name)));

const families: readonly (readonly [
  family: string,
  supported: readonly Registry[],
  refused: readonly Registry[],
])[] = [
  ['Commands', [commands], []],
  ['Query operators', [queryOperators, logicalOperators], [refusedQueries, alone.query]],
  ['`$jsonSchema` keywords', [schemaKeywords], []],
  ['Update operators', [updateOperators, alone.update], []],
  ['Aggregation stages', [stages, sinks, alone.stage], [without(refusedStages, alone.stage)]],
  ['Expression operators', [expressionOperators], [refusedExpressions]],
  ['Accumulators of `$group`', [accumulators], [refusedAccumulators]],
  ['Window functions', [windowFunctions], []],
];

const names = (registries: readonly Registry[], without: readonly Registry[] = []): string => {
  const left = new Set(without.flatMap(Object.keys));
  const found = [...new Set(registries.flatMap(Object.keys))].filter((name) => !left.has(name)).toSorted();
  return found.map((name) => `\`${name}\``).join(' ') || '–';
};

/** Gives the table: what is supported, and what is known to MongoDB and refused by its name. */
const table = (): string =>
  [
    '| | supported | refused by name |',
    '|---|---|---|',
    ...families.map(
      ([family, supported, refused]) => `| ${family} | ${names(supported, refused)} | ${names(refused)} |`,
    ),
  ].join('\n');

const page = new URL('../../docs/embedded-database.md', import.meta.url);
const [begin, end] = ['<!-- generated -->\n', '\n<!-- /generated -->'];
const text = readFileSync(page, 'utf8');
const fresh = `${text.slice(0, text.indexOf(begin) + begin.length)}${table()}${text.slice(text.indexOf(end))}`;

if (!process.argv.includes('--check')) writeFileSync(page, fresh);
else if (fresh !== text) {
  console.error('Stale: docs/embedded-database.md. Run: npm run reference');
  process.exitCode = 1;
}
