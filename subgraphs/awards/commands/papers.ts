import type { Faults } from '../../records/command/faults.ts';
import type { PaperRecord } from '../model/dossiers.ts';
import { addUnknown, type Path } from './checks.ts';
import { type PaperInput, storedDocument } from './inputs.ts';
import type { Law } from './law.ts';

/** Notes each key that stands in a list for the second time, at its place. */
export function checkTwice(
  faults: Faults,
  keys: readonly (string | null)[],
  { path, what }: { readonly path: Path; readonly what: (key: string) => string },
): void {
  keys.forEach((key, index) => {
    const first = keys.indexOf(key);
    if (key === null || first === index) return;
    faults.add('DUPLICATE_IN_PAYLOAD', {
      path: [...path, index],
      params: { what: what(key), first: first + 1 },
    });
  });
}

/** Gives papers as stored. Refuses kinds that the catalogue does not know, and a kind that is given twice. */
export function storedPapers(
  faults: Faults,
  { papers: known }: Law,
  given: readonly PaperInput[],
  path: Path,
): PaperRecord[] {
  given.forEach(({ kind }, index) => {
    if (!known.has(kind)) addUnknown(faults, [...path, index, 'kind'], 'PaperKind', kind);
  });
  checkTwice(
    faults,
    given.map(({ kind }) => kind),
    { path, what: (kind) => kind },
  );
  return given.map(({ kind, document, confirmations }) => ({
    kind,
    document: document && storedDocument(document),
    confirmations: [...new Set(confirmations)],
  }));
}

/** Gives the papers of a dossier after a step that brings more: a newer paper takes the place of one of its kind. */
export const withPapers = (
  held: readonly PaperRecord[],
  brought: readonly PaperRecord[],
): readonly PaperRecord[] => [
  ...held.filter(({ kind }) => !brought.some((paper) => paper.kind === kind)),
  ...brought,
];
