import type { Question } from '../graph.ts';
import { type Load, type Measured, measure } from '../measure.ts';
import type { Contender } from './contender.ts';

/** What every round of one question gave, by contender. */
export interface Rounds {
  readonly question: string;
  readonly of: ReadonlyMap<string, readonly Measured[]>;
}

const WARM_UP_SECONDS = 5;

/**
 * Measures questions of contenders in turns: a warm-up of each, then rounds in which every one has its turn, so that the
 * machine's mood meets all alike; who is first moves on with every round.
 */
export async function roundsOf(
  contenders: readonly Contender[],
  questions: readonly Question[],
  load: Load & { readonly rounds: number },
): Promise<Rounds[]> {
  const all: Rounds[] = [];
  for (const question of questions) {
    const measured = new Map<string, Measured[]>(contenders.map(({ name }) => [name, []]));
    const { connections, seconds } = load;
    for (const contender of contenders)
      await measure(contender, question, { connections, seconds: WARM_UP_SECONDS });
    for (let round = 0; round < load.rounds; round += 1) {
      const first = round % contenders.length;
      for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)])
        measured.get(contender.name)?.push(await measure(contender, question, { connections, seconds }));
    }
    all.push({ question: question.name, of: measured });
    process.stderr.write(`${question.name}: ${load.rounds} rounds of ${contenders.length}\n`);
  }
  return all;
}
