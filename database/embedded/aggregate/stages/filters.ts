import { Document } from '../../core/document.ts';
import { parseNonNegativeLong } from '../../core/match/integers.ts';
import { compileMatch } from '../../core/match/matcher.ts';
import { isNumber, toDouble } from '../../core/numbers.ts';
import type { Value } from '../../core/values.ts';
import type { PipelineEnv } from '../env.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import { compileExpression } from '../expressions/compile.ts';
import type { StageParser, StageTable } from './stage.ts';

/** What queries inside a pipeline are compiled with. */
export function matchEnvOf(env: PipelineEnv): Parameters<typeof compileMatch>[1] {
  return { ...env, expressions: (spec, scope) => compileExpression(spec, { ...env, ...scope }) };
}

const match: StageParser = (spec, { env }) => {
  if (!(spec instanceof Document)) refuse(15959, 'the match filter must be an expression in an object');
  const matcher = compileMatch(spec, matchEnvOf(env));
  return {
    *run(source) {
      for (const doc of source) if (matcher.matches(doc)) yield doc;
    },
  };
};

function countOf(spec: Value, code: number, name: string): number {
  const parsed = parseNonNegativeLong(name, spec);
  if ('problem' in parsed) refuse(code, `invalid argument to ${name} stage: ${parsed.problem}`);
  return Number(parsed.value);
}

/** How many documents a $limit lets through. */
export function limitOf(spec: Value): number {
  const limit = countOf(spec, 5107201, '$limit');
  if (limit === 0) refuse(15958, 'the limit must be positive');
  return limit;
}

/** How many documents a $skip leaves out. */
export function skipOf(spec: Value): number {
  return countOf(spec, 5107200, '$skip');
}

const limit: StageParser = (spec) => {
  const most = limitOf(spec);
  return {
    *run(source) {
      let left = most;
      for (const doc of source) {
        yield doc;
        if (--left === 0) return;
      }
    },
  };
};

const skip: StageParser = (spec) => {
  const count = skipOf(spec);
  return {
    *run(source) {
      let left = count;
      for (const doc of source) {
        if (left > 0) left--;
        else yield doc;
      }
    },
  };
};

function sampleSize(spec: Value): number {
  if (!(spec instanceof Document)) refuse(28745, 'the $sample stage specification must be an object');
  for (const key of spec.keys()) {
    if (key !== 'size') refuse(28748, `unrecognized option to $sample: ${key}`);
  }
  const size = spec.get('size');
  if (size === undefined) refuse(28749, '$sample stage must specify a size');
  if (!isNumber(size)) refuse(28746, `size argument to $sample must be a number, found ${nameOfType(size)}`);
  if (toDouble(size) < 0) refuse(28747, 'size argument to $sample must not be negative');
  return Math.trunc(toDouble(size));
}

/** Each set of `size` documents is equally likely (reservoir sampling); they come in random order. */
const sample: StageParser = (spec) => {
  const size = sampleSize(spec);
  return {
    *run(source) {
      const kept: Document[] = [];
      let seen = 0;
      for (const doc of source) {
        const place = Math.floor(Math.random() * ++seen);
        if (kept.length < size) {
          const moved = kept[place];
          kept.push(doc);
          if (moved !== undefined && place < kept.length - 1) {
            kept[place] = doc;
            kept[kept.length - 1] = moved;
          }
        } else if (place < size) kept[place] = doc;
      }
      yield* kept;
    },
  };
};

/** Stages that let some documents through as they are. */
export const filterStages: StageTable = { $match: match, $limit: limit, $skip: skip, $sample: sample };
