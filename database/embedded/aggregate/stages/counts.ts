import { Document } from '../../core/document.ts';
import { int32, type Value } from '../../core/values.ts';
import { parseStatement } from '../accumulators/statement.ts';
import { refuse } from '../expressions/arguments.ts';
import { newCompiler } from '../expressions/compile.ts';
import { intOrLong } from '../expressions/integers.ts';
import { groupStage } from './group.ts';
import { sortStage } from './sort.ts';
import type { StageParser, StageTable } from './stage.ts';

/** Checks the field name of a $count. */
function countField(spec: Value): string {
  if (typeof spec !== 'string') refuse(40156, 'the count field must be a non-empty string');
  if (spec === '') refuse(40157, 'the count field must be a non-empty string');
  if (spec.startsWith('$')) refuse(40158, 'the count field cannot be a $-prefixed path');
  if (spec.includes('\0')) refuse(40159, 'the count field cannot contain a null byte');
  if (spec.includes('.')) refuse(40160, "the count field cannot contain '.'");
  return spec;
}

const count: StageParser = (spec) => {
  const field = countField(spec);
  return {
    *run(source) {
      let n = 0;
      for (const _ of source) n++;
      if (n > 0) yield Document.of([[field, intOrLong(n)]]);
    },
  };
};

const byCount = Document.of([['count', int32(-1)]]);
const one = Document.of([['$sum', int32(1)]]);

const sortByCount: StageParser = (spec, { env }) => {
  if (spec instanceof Document) {
    if (spec.keys()[0]?.startsWith('$') !== true) {
      refuse(
        40147,
        'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
      );
    }
  } else if (typeof spec !== 'string') {
    refuse(40149, 'the sortByCount field must be specified as a string or as an object');
  } else if (!spec.startsWith('$')) {
    refuse(
      40148,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  }
  const compiler = newCompiler(env);
  const grouped = groupStage(compiler.compile(spec), [parseStatement('count', one, compiler)], env);
  const sorted = sortStage(byCount, env);
  return { run: (source) => sorted.run(grouped.run(source)) };
};

/** Counting. */
export const countStages: StageTable = { $count: count, $sortByCount: sortByCount };
