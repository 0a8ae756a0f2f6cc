import type { Data } from './record.ts';
import { ownOf } from './record.ts';

/** The path of a plan: response names, and `@` for each item of a list. */
export type PlanPath = readonly (string | number)[];
/** The path of an answer (GraphQL, 7.1.2): response names and indexes. */
export type AnswerPath = readonly (string | number)[];

type Found = (object: Data, path: AnswerPath) => void;

/** Gives the objects that lie at a path, in their order; what is null lies nowhere. */
export function objectsAt(data: Data, path: PlanPath): Data[] {
  const objects: Data[] = [];
  visit(data, path, 0, null, (object) => objects.push(object));
  return objects;
}

/** Gives where in the answer they lie: the path of each, in the same order. */
export function pathsAt(data: Data, path: PlanPath): AnswerPath[] {
  const paths: AnswerPath[] = [];
  visit(data, path, 0, [], (_object, found) => paths.push(found));
  return paths;
}

/** `at` is where we are; null when nobody wants to know. */
function visit(value: unknown, path: PlanPath, depth: number, at: AnswerPath | null, found: Found): void {
  if (typeof value !== 'object' || value === null) return;
  const element = path[depth];
  if (Array.isArray(value)) {
    const next = element === '@' ? depth + 1 : depth;
    for (const [index, item] of value.entries()) visit(item, path, next, at && [...at, index], found);
  } else if (element === undefined) found(value as Data, at ?? []);
  else visit(ownOf(value as Data, String(element)), path, depth + 1, at && [...at, element], found);
}
