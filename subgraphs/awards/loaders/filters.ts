import { inputInvalid } from '../../../server/errors.ts';
import { inRange, isIn, toFilter } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import type { AwardFormRecord } from '../model/catalogue.ts';
import type { AwardFilter, DossierFilter } from '../types.generated.ts';
import type { Catalogue } from './catalogue.ts';
import type { Copies } from './copies.ts';
import { type Bound, bind, type Codes, readCodes } from './filterCodes.ts';

/** What a filter is made with. */
export interface FilterReads {
  readonly copies: Copies;
  readonly catalogue: Catalogue;
  readonly today: string;
}

type BoundAwards = Bound<AwardFilter, 'during' | 'conferred'>;
type BoundDossiers = Bound<DossierFilter, 'received' | 'stateSince'>;

/** The fields that awards and dossiers filter alike. */
const factFilters = (codes: Codes) => ({
  id: isIn('_id'),
  campaign: (values: readonly string[]) => isIn('campaignId')(codes.campaignIds(values)),
  form: isIn('form'),
  kind: isIn('kind'),
  recipientKind: isIn('recipientKind'),
  unit: (values: readonly string[]) => isIn('unitId')(codes.unitIds(values)),
  under: codes.under,
  provinceCode: isIn('provinceCode'),
  level: isIn('levelAtEvent'),
  decidedBy: isIn('decidedBy'),
  updatedSince: (since: Date) => inRange('updatedAt', since, null),
});

/** Gives the MongoDB filter of a filter of awards. Throws INPUT_INVALID for a code that nobody has. */
export async function awardFilter(
  input: AwardFilter | null | undefined,
  reads: FilterReads,
): Promise<Filter> {
  if (!input) return {};
  const bound = bind(input, ['during', 'conferred']);
  const [codes, forms] = await Promise.all([
    readCodes(bound, reads.copies, reads.today),
    readForms(bound, reads.catalogue),
  ]);
  return toFilter<BoundAwards>(bound, {
    ...factFilters(codes),
    class: (classes) => ({
      form: { $in: forms.filter((form) => classes.includes(form.class)).map(({ _id }) => _id) },
    }),
    stateLevel: (value) => ({ stateLevel: value }),
    decisionNumber: isIn('decision.number'),
    during: codes.span('eventOn'),
    conferred: codes.span('conferredOn'),
    status: isIn('status'),
    posthumous: (value) => ({ posthumous: value }),
  });
}

/** Gives the MongoDB filter of a filter of dossiers. Throws INPUT_INVALID for a code that nobody has. */
export async function dossierFilter(
  input: DossierFilter | null | undefined,
  reads: FilterReads,
): Promise<Filter> {
  if (!input) return {};
  const bound = bind(input, ['received', 'stateSince']);
  const [codes] = await Promise.all([
    readCodes(bound, reads.copies, reads.today),
    readForms(bound, reads.catalogue),
  ]);
  return toFilter<BoundDossiers>(bound, {
    ...factFilters(codes),
    number: isIn('number'),
    regime: isIn('regime'),
    state: isIn('state'),
    proposer: (values) => isIn('proposerId')(codes.unitIds(values)),
    received: codes.span('receivedOn'),
    stateSince: codes.span('stateSince'),
  });
}

interface NamesOfForms {
  readonly form?: readonly string[] | null;
  readonly class?: readonly string[] | null;
  readonly any?: readonly NamesOfForms[] | null;
  readonly not?: NamesOfForms | null;
}

/**
 * Reads the forms that a filter names, or all when it names classes, of which it then gives all; refuses a name that the
 * catalogue does not hold.
 */
async function readForms(bound: NamesOfForms, catalogue: Catalogue): Promise<readonly AwardFormRecord[]> {
  const named = { forms: namesOf(bound, 'form'), classes: namesOf(bound, 'class') };
  const forms = named.classes.length > 0 ? await catalogue.forms() : [];
  const asked = await Promise.all(named.forms.map((code) => catalogue.formOrNull(code)));
  refuseUnknown(named.forms, 'form', new Set(asked.flatMap((form) => form?._id ?? [])));
  refuseUnknown(named.classes, 'class', new Set(forms.map(({ class: name }) => name)));
  return forms;
}

const namesOf = (bound: NamesOfForms, field: 'form' | 'class'): string[] => [
  ...(bound[field] ?? []),
  ...(bound.any ?? []).flatMap((child) => namesOf(child, field)),
  ...(bound.not ? namesOf(bound.not, field) : []),
];

function refuseUnknown(names: readonly string[], what: string, known: ReadonlySet<string>): void {
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw inputInvalid(`There is no ${what} ${unknown} in the catalogue.`, { code: unknown });
}
