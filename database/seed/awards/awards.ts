import type { CampaignCopy } from '../../../schema/events.ts';
import type { AwardRecord, AwardsRows, FormRuleRecord } from '../../../subgraphs/awards/index.ts';
import type { SeedTree } from '../units/tree.ts';
import type { Volumes } from '../volumes.ts';
import { awardOf } from './awardRows.ts';
import { type ActivityRef, dossierAt, type Ground, isDecided, ruleFor } from './dossiers.ts';
import { ruleRows } from './formRules.ts';
import { formRows, readCatalogue } from './forms.ts';
import { citationRows, regimeRows, salaryRows } from './law.ts';
import { Places } from './places.ts';
import { quangNamAward } from './quangNam.ts';
import { terms } from './terms.ts';

/** The campaign of 2021, which the synthetic dossiers of the movement belong to. */
const CAMPAIGN = 'BCA-2021-COVID-TDDB';

/** Stands for the award that came of no dossier. */
const REAL = -1;

/**
 * Makes the rows of the awards subgraph: the catalogue with its dated rules, the one real award that a source names,
 * and synthetic dossiers with the awards that came of them. Dossiers and awards are generators: nothing large is held.
 */
export function buildAwards(
  volumes: Pick<Volumes, 'dossiers'>,
  tree: SeedTree,
  campaigns: readonly CampaignCopy[],
  activities: Iterable<ActivityRef>,
): { readonly rows: AwardsRows } {
  const catalogue = readCatalogue();
  const rules = ruleRows(catalogue);
  const ground: Ground = {
    catalogue,
    rulesOf: rulesByForm(rules),
    places: new Places(tree),
    campaignId: campaigns.find(({ code }) => code === CAMPAIGN)?.id ?? null,
    activities: volumes.dossiers === 0 ? [] : [...activities],
  };
  return {
    rows: {
      regimes: regimeRows,
      terms,
      forms: formRows(catalogue),
      rules,
      salaries: salaryRows,
      citations: citationRows,
      units: tree.copies,
      campaigns,
      dossiers: { [Symbol.iterator]: () => dossierRows(ground, volumes.dossiers) },
      awards: { [Symbol.iterator]: () => awardRows(ground, volumes.dossiers) },
    },
  };
}

function rulesByForm(rules: readonly FormRuleRecord[]): ReadonlyMap<string, readonly FormRuleRecord[]> {
  const forms = new Set(rules.map(({ form }) => form));
  return new Map([...forms].map((form) => [form, rules.filter((rule) => rule.form === form)]));
}

function* dossierRows(ground: Ground, count: number) {
  for (let index = 0; index < count; index += 1) yield dossierAt(ground, index);
}

/** The awards in the order of their last change, which `seq` numbers. */
function* awardRows(ground: Ground, count: number): Generator<AwardRecord> {
  const real = quangNamAward(ground.places, ground.campaignId);
  const changes: (readonly [at: number, index: number])[] = real ? [[real.updatedAt.getTime(), REAL]] : [];
  for (let index = 0; index < count; index += 1) {
    const { state, updatedAt } = dossierAt(ground, index);
    if (isDecided(state)) changes.push([updatedAt.getTime(), index]);
  }
  changes.sort(([a, first], [b, second]) => a - b || first - second);
  for (const [place, [, index]] of changes.entries()) {
    const seq = place + 1;
    if (index === REAL) {
      if (real) yield { ...real, seq };
      continue;
    }
    const dossier = dossierAt(ground, index);
    yield awardOf(dossier, { places: ground.places, rule: ruleFor(ground, dossier), seq });
  }
}
