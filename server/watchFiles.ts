import { statSync } from 'node:fs';

const POLL_MS = 1_000;

/**
 * Calls back when one of the files changes, appears or goes; gives the way to stop. Polled, because a file that is
 * replaced by a rename, or mounted into a container, gives no reliable event; and compared with what stood there when
 * this was called, which Node's own watchFile learns only later. Watch first, then read: then no change is missed.
 */
export function watchFiles(files: readonly string[], changed: () => void, pollMs = POLL_MS): () => void {
  const look = () => files.map(stateOf).join();
  let seen = look();
  const timer = setInterval(() => {
    const now = look();
    if (now === seen) return;
    seen = now;
    changed();
  }, pollMs).unref();
  return () => clearInterval(timer);
}

/** Names the present content of a file, as far as its place, time and size tell it from another; `none` for no file. */
export function stateOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.ino}:${stat.mtimeMs}:${stat.size}` : 'none';
}
