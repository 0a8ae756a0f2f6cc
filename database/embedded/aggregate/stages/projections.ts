import { Document } from '../../core/document.ts';
import { MongoError } from '../../core/errors.ts';
import { show } from '../../core/show.ts';
import type { Value } from '../../core/values.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import { newCompiler } from '../expressions/compile.ts';
import type { Expression } from '../expressions/expression.ts';
import { splitPath } from '../expressions/field-path.ts';
import { parseAddFields, parseProjection } from '../projection/parse.ts';
import { addFields, Node, place, projectDocument } from '../projection/tree.ts';
import { perDocument, type Stage, type StageParser, type StageTable } from './stage.ts';

/** Says which stage it was that could not be understood. */
const naming =
  (parse: StageParser): StageParser =>
  (spec, context) => {
    try {
      return parse(spec, context);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      throw new MongoError(
        error.code,
        error.codeName,
        `Invalid ${context.name} :: caused by :: ${error.message}`,
      );
    }
  };

const project: StageParser = (spec, { env, name }) => {
  if (!(spec instanceof Document)) refuse(15969, `${name} specification must be an object`);
  const { root, mode } = parseProjection(spec, newCompiler(env));
  return perDocument((doc) => projectDocument(root, doc, doc, mode));
};

const set: StageParser = (spec, { env, name }) => {
  if (!(spec instanceof Document)) {
    refuse(40272, `${name} specification stage must be an object, got ${nameOfType(spec)}`);
  }
  const root = parseAddFields(spec, newCompiler(env));
  return perDocument((doc) => addFields(root, doc, doc));
};

/** The paths an $unset names. */
export function unsetPaths(spec: Value): string[] {
  if (typeof spec !== 'string' && !Array.isArray(spec)) {
    refuse(31002, '$unset specification must be a string or an array');
  }
  const paths = typeof spec === 'string' ? [spec] : spec;
  if (paths.length === 0) {
    refuse(31119, '$unset specification must be a string or an array with at least one field');
  }
  return paths.map((path) =>
    typeof path === 'string' && path !== ''
      ? path
      : refuse(31120, '$unset specification must be a string or an array containing only string values'),
  );
}

const unset: StageParser = (spec) => {
  const root = new Node();
  for (const path of unsetPaths(spec)) {
    place(root, splitPath(path), 'drop', () => refuse(31250, `Path collision at ${path}`));
  }
  return perDocument((doc) => projectDocument(root, doc, doc, 'exclusion'));
};

function replacing(newRoot: Expression): Stage {
  return perDocument((doc) => {
    const value = newRoot.evaluate(doc);
    if (value instanceof Document) return value;
    return refuse(
      40228,
      `'newRoot' expression must evaluate to an object, but resulting value was: ${value === undefined ? 'MISSING' : show(value)}. Type of resulting value: '${nameOfType(value)}'. Input document: ${show(doc)}`,
    );
  });
}

const replaceRoot: StageParser = (spec, { env }) => {
  if (!(spec instanceof Document)) {
    refuse(40229, `expected an object as specification for $replaceRoot stage, got ${nameOfType(spec)}`);
  }
  for (const key of spec.keys()) {
    if (key !== 'newRoot') {
      refuse(40230, `unrecognized option to $replaceRoot stage: ${key}, only valid option is 'newRoot'.`);
    }
  }
  const newRoot = spec.get('newRoot');
  if (newRoot === undefined) refuse(40231, 'no newRoot specified for the $replaceRoot stage');
  return replacing(newCompiler(env).compile(newRoot));
};

/** Stages that make each document into another. */
export const projectionStages: StageTable = {
  $project: naming(project),
  $addFields: naming(set),
  $set: naming(set),
  $unset: naming(unset),
  $replaceRoot: replaceRoot,
  $replaceWith: (spec, { env }) => replacing(newCompiler(env).compile(spec)),
};
