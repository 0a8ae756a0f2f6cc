import { Kind, parse } from 'graphql';

/** One operation of a story: who asks it, and what is printed as its answer. */
export interface Step {
  readonly name: string;
  readonly who: string;
  /** The `x-demo-viewer` of whoever asks. */
  readonly viewer: string;
  /** The whole block, as a reader would paste it. */
  readonly query: string;
  readonly printed: unknown;
}

const blocks = /```graphql\n([\s\S]*?)```(?:\n\n```json\n([\s\S]*?)```)?/gu;
const rowsOfPeople = /^\| (\S+) \|[^|]*\| `([^`]+)` \|$/gmu;

/**
 * Reads the steps of a section: a table of people and their viewers, and blocks whose first line `# An` names one of
 * them. An answer after a block is that of its last operation.
 */
export function stepsOf(section: string): Step[] {
  const viewers = new Map(
    [...section.matchAll(rowsOfPeople)].map(([, who = '', viewer = '']) => [who, viewer]),
  );
  return [...section.matchAll(blocks)].flatMap(([, query = '', answer]) => {
    const who = /^# (\S+)\n/u.exec(query)?.[1] ?? '';
    const viewer = viewers.get(who);
    if (!viewer) throw new Error(`The table of people does not know ${who || 'who asks'}: ${query}`);
    const names = parse(query).definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? (definition.name?.value ?? '') : '',
    );
    return names.map((name, index) => {
      const isLast = index === names.length - 1;
      return { name, who, viewer, query, printed: isLast && answer ? JSON.parse(answer) : undefined };
    });
  });
}

/** What a client remembers between steps: `$campaign` and `$campaignVersion` of the latest campaign, and so on. */
export type Memory = Record<string, unknown>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Gives the variables that an answer sets: of every record with id and version under its payloads, and a `verifyCode`. */
export function remembered(answer: unknown): Memory {
  const payloads =
    isObject(answer) && isObject(answer.data) ? Object.values(answer.data).filter(isObject) : [];
  return Object.fromEntries(
    payloads.flatMap(Object.entries).flatMap(([field, value]): [string, unknown][] => {
      if (field === 'verifyCode') return [[field, value]];
      if (!isObject(value) || !('id' in value && 'version' in value)) return [];
      return [
        [field, value.id],
        [`${field}Version`, value.version],
      ];
    }),
  );
}
