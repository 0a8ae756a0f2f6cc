// Runs in the browser: asks with the explanation, when that is switched on, and keeps the latest one for the panel.

let wanted = false;
let latest = null;
const listeners = new Set();

const changed = () => {
  for (const listener of listeners) listener();
};

/** What the panel shows: React reads it by `useSyncExternalStore`. */
export const explanations = {
  subscribe: (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  latest: () => latest,
  isWanted: () => wanted,
  want: (yes) => {
    wanted = yes;
    changed();
  },
};

/** Does what `fetch` does; takes the explanation out of the answer, so that the answer shown is the operation's own. */
export async function explainingFetch(url, options) {
  const headers = { ...options.headers, ...(wanted ? { 'x-explain': '1' } : {}) };
  const response = await fetch(url, { ...options, headers });
  if (!wanted) return response;
  const { extensions, ...answer } = await response.json();
  const { explain, ...others } = extensions ?? {};
  // The schema is asked for by the explorer itself, and takes no fetch.
  if (explain?.fetches.length > 0) {
    latest = explain;
    changed();
  }
  const shown = Object.keys(others).length > 0 ? { ...answer, extensions: others } : answer;
  return new Response(JSON.stringify(shown), { status: response.status, headers: response.headers });
}
