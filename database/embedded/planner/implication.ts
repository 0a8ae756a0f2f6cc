import { compareValues, equalValues, typePlace } from '../core/compare.ts';
import type { Predicate } from '../core/match/tree.ts';

/**
 * Whether every document that fulfils `query` fulfils the filter of a partial index: only then the index holds
 * all of them (manual, "Partial Indexes", query coverage).
 */
export function implies(query: Predicate, filter: Predicate): boolean {
  if (filter.kind === 'and') return filter.children.every((child) => implies(query, child));
  if (filter.kind === 'or') return filter.children.some((child) => implies(query, child));
  if (filter.kind === 'always') return filter.result;
  if (query.kind === 'and') return query.children.some((child) => implies(child, filter));
  if (query.kind === 'or') return query.children.every((child) => implies(child, filter));
  return impliesLeaf(query, filter);
}

function impliesLeaf(query: Predicate, filter: Predicate): boolean {
  if (!('path' in query) || !('path' in filter) || query.path !== filter.path)
    return sameCondition(query, filter);
  if (query.kind === 'in' && query.regexes.length === 0) {
    return query.values.every((value) => impliesLeaf({ kind: 'eq', path: query.path, value }, filter));
  }
  if (filter.kind === 'exists') return requiresPresence(query);
  if (filter.kind === 'in' && query.kind === 'eq') {
    return filter.values.some((value) => equalValues(value, query.value));
  }
  if (isComparison(query) && isComparison(filter)) return comparisonImplies(query, filter);
  return sameCondition(query, filter);
}

type Comparison = Extract<Predicate, { kind: 'eq' | 'lt' | 'lte' | 'gt' | 'gte' }>;

function isComparison(predicate: Predicate): predicate is Comparison {
  return ['eq', 'lt', 'lte', 'gt', 'gte'].includes(predicate.kind);
}

function requiresPresence(query: Predicate): boolean {
  if (isComparison(query)) return query.value !== null && typePlace(query.value) !== 0;
  return ['exists', 'regex', 'mod', 'type', 'size', 'elemMatchValue', 'elemMatchObject', 'bits'].includes(
    query.kind,
  );
}

function comparisonImplies(query: Comparison, filter: Comparison): boolean {
  if (typePlace(query.value) !== typePlace(filter.value)) return false;
  if (Number.isNaN(query.value) || Number.isNaN(filter.value)) return sameCondition(query, filter);
  const order = compareValues(query.value, filter.value);
  switch (filter.kind) {
    case 'eq':
      return query.kind === 'eq' && order === 0;
    case 'lt':
      return (
        ((query.kind === 'lt' || query.kind === 'lte' || query.kind === 'eq') && order < 0) ||
        (query.kind === 'lt' && order === 0)
      );
    case 'lte':
      return (query.kind === 'lt' || query.kind === 'lte' || query.kind === 'eq') && order <= 0;
    case 'gt':
      return (
        ((query.kind === 'gt' || query.kind === 'gte' || query.kind === 'eq') && order > 0) ||
        (query.kind === 'gt' && order === 0)
      );
    default:
      return (query.kind === 'gt' || query.kind === 'gte' || query.kind === 'eq') && order >= 0;
  }
}

function sameCondition(a: Predicate, b: Predicate): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'exists' && b.kind === 'exists') return a.path === b.path;
  if (a.kind === 'type' && b.kind === 'type') {
    return a.path === b.path && [...a.types].every((type) => b.types.has(type));
  }
  if (isComparison(a) && isComparison(b)) return a.path === b.path && equalValues(a.value, b.value);
  if (a.kind === 'not' && b.kind === 'not') return sameCondition(a.child, b.child);
  return false;
}
