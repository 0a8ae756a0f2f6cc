import { fail } from '../core/errors.ts';
import type { Value } from '../core/values.ts';
import { typeNames, typeOf } from '../core/values.ts';
import type { Request } from './command.ts';

const LONGEST_NAMESPACE = 255;

/** Throws 73 for a name that no collection can have (manual, "Naming Restrictions"). */
export function checkNamespace(db: string, name: string): void {
  const ns = `${db}.${name}`;
  const invalid = (why: string): never => fail(73, 'InvalidNamespace', why);
  if (db === '' || db.length > 63 || /[/\\. "$\0]/.test(db)) invalid(`Invalid namespace specified '${ns}'`);
  if (
    name === '' ||
    name.startsWith('.') ||
    name.endsWith('.') ||
    name.includes('\0') ||
    (name.includes('$') && name !== '$cmd.aggregate')
  ) {
    invalid(`Invalid namespace specified '${ns}'`);
  }
  if (Buffer.byteLength(ns) > LONGEST_NAMESPACE) {
    invalid(`Fully qualified namespace is too long. Namespace: ${ns} Max: ${LONGEST_NAMESPACE}`);
  }
}

/** The collection that a command's first field names. Throws 73 when it names none. */
export function targetOf(request: Request): string {
  const name: Value | undefined = request.body.get(request.name);
  if (typeof name !== 'string') {
    fail(
      73,
      'InvalidNamespace',
      `collection name has invalid type ${name === undefined ? 'missing' : typeNames[typeOf(name)]}`,
    );
  }
  checkNamespace(request.db, name);
  return name;
}
