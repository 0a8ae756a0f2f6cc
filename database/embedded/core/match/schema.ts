import type { Collation } from '../compare.ts';
import type { Document } from '../document.ts';
import { fail } from '../errors.ts';
import type { DocumentTest } from './evaluate.ts';

export function compileSchema(_schema: Document, _collation: Collation | undefined): DocumentTest {
  return fail(238, 'NotImplemented', '$jsonSchema');
}
