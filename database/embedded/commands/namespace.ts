import { fail } from '../core/errors.ts';
import type { Value } from '../core/values.ts';
import { typeNames, typeOf } from '../core/values.ts';
import type { Request } from './command.ts';

const LONGEST_NAMESPACE = 255;

const MOST_CHECKED = 10_000;
/** Namespaces that were found good: commands name the same ones again and again. */
const checked = new Set<string>();

function invalid(why: string): never {
  return fail(73, 'InvalidNamespace', why);
}

/** Throws 73 for a name that no collection can have (manual, "Naming Restrictions"). */
export function checkNamespace(db: string, name: string): void {
  const ns = `${db}.${name}`;
  if (checked.has(ns)) return;
  if (db === '' || db.length > 63 || /[/\\. "$\0]/.test(db)) invalid(`Invalid namespace specified '${ns}'`);
  const dollar = name.includes('$') && name !== '$cmd.aggregate';
  if (name === '' || name.startsWith('.') || name.endsWith('.') || name.includes('\0') || dollar) {
    invalid(`Invalid namespace specified '${ns}'`);
  }
  if (Buffer.byteLength(ns) > LONGEST_NAMESPACE) {
    invalid(`Fully qualified namespace is too long. Namespace: ${ns} Max: ${LONGEST_NAMESPACE}`);
  }
  if (checked.size < MOST_CHECKED) checked.add(ns);
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
