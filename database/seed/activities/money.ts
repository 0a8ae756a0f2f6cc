import type { ActivityFacts } from '../../../subgraphs/activities/index.ts';
import type { Random } from '../random.ts';
import type { Kind } from './kinds.ts';

const sources = ['XA_HOI_HOA', 'CBCS_DONG_GOP', 'DON_VI', 'NSNN'] as const;
const STEP = 10_000;

const inSteps = (amount: number): number => Math.floor(amount / STEP) * STEP;

/** Shares what was planned and what was delivered out over one to three sources; the lines add up exactly. */
export function fundingOf(planned: number, amount: number, random: Random): ActivityFacts['funding'] {
  const count = random.int(1, 3);
  const first = random.int(0, sources.length - 1);
  const codes = Array.from(
    { length: count },
    (_, index) => sources[(first + index) % sources.length] ?? 'DON_VI',
  );
  const share = random.int(20, 60) / 100;
  let leftPlanned = planned;
  let leftAmount = amount;
  return codes.map((code, index) => {
    const isLast = index === count - 1;
    const line = {
      code,
      planned: isLast ? leftPlanned : inSteps(leftPlanned * share),
      amount: isLast ? leftAmount : inSteps(leftAmount * share),
    };
    leftPlanned -= line.planned;
    leftAmount -= line.amount;
    return line;
  });
}

/** Gives what each hand-over is worth, in đồng. */
export const worthOf = ({ worth: [least, most] }: Kind, random: Random): number =>
  random.int(least, most) * STEP;

/** Lists what was given in kind, as long as its value stays within what was delivered. */
export function inKindOf(kind: Kind, deliveries: number, amount: number): ActivityFacts['inKind'] {
  let left = amount;
  return kind.inKind.flatMap(({ item, measure, each, price }) => {
    const value = deliveries * each * price;
    if (value === 0 || value > left) return [];
    left -= value;
    return [{ item, quantity: deliveries * each, measure, value }];
  });
}
