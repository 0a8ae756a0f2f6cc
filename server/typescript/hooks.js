/**
 * Takes the types out of TypeScript sources as they are loaded (https://nodejs.org/docs/latest-v20.x/api/module.html#loadurl-context-nextload).
 * Types become blanks, so that every line and column of an error is that of the source and no source map is needed. Nothing
 * else is changed: a transformer that keeps the names of functions, as tsx does, adds a call to every function that is made,
 * which took a tenth to a fifth of the processor time of a request here.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { version } = require('@swc/wasm-typescript/package.json');
/** What was stripped once is kept there, by its content: the stripper takes time and 40 MB, and most starts need it for nothing. */
const kept = new URL('../../node_modules/.cache/typescript/', import.meta.url);

/** Node's hook: a source of ours without its types, anything else as Node loads it. @throws SyntaxError for what cannot be stripped. */
export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts')) return nextLoad(url, context);
  const source = readFileSync(fileURLToPath(url), 'utf8');
  const name = createHash('sha256').update(version).update(source).digest('hex');
  return { format: 'module', shortCircuit: true, source: keptAs(name) ?? keep(name, strip(source, url)) };
}

function keptAs(name) {
  try {
    return readFileSync(new URL(name, kept), 'utf8');
  } catch {
    return undefined;
  }
}

/** Writes in one step, because other processes read; where it may not write, each start strips anew. */
function keep(name, code) {
  const unfinished = new URL(`${name}.${process.pid}`, kept);
  try {
    mkdirSync(kept, { recursive: true });
    writeFileSync(unfinished, code);
    renameSync(unfinished, new URL(name, kept));
  } catch {}
  return code;
}

function strip(source, url) {
  try {
    return require('@swc/wasm-typescript').transformSync(source, {
      mode: 'strip-only',
      module: true,
      filename: url,
    }).code;
  } catch (error) {
    const { startLine, startColumn, message } = error;
    throw new SyntaxError(`${url}:${startLine}:${startColumn + 1} ${message}`, { cause: error });
  }
}
