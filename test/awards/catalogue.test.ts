import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicViewer } from '../../server/viewer.ts';
import { type AwardsDoor, openAwardsDoor } from './awardsDoor.ts';

let door: AwardsDoor;
beforeAll(async () => {
  door = await openAwardsDoor();
});
afterAll(() => door.close());

/** The answer of one field, which must come without an error. */
async function dataOf<Data>(question: ReturnType<AwardsDoor['ask']>): Promise<Data> {
  const { data, errors } = await question;
  expect(errors).toBeUndefined();
  return data as Data;
}

test('the catalogue holds its 33 forms in order, for everybody, by one command', async () => {
  const { commands, data, errors } = await door.ask(
    '{ awardForms { code order recipientKinds stateLevel name { vi text(locale: EN) } } }',
    {},
    publicViewer,
  );
  expect(errors).toBeUndefined();
  const forms = (data as { awardForms: { order: number }[] }).awardForms;
  expect(forms.map(({ order }) => order)).toEqual(Array.from({ length: 33 }, (_, index) => index + 1));
  expect(forms.at(-1)).toEqual({
    code: 'GK',
    order: 33,
    recipientKinds: ['COLLECTIVE', 'INDIVIDUAL'],
    stateLevel: false,
    name: { vi: 'Giấy khen của thủ trưởng đơn vị', text: "Unit head's Certificate of Commendation" },
  });
  expect(commands).toBe(1);
});

test('forms are found by code, in the order asked, with null for what nobody has', async () => {
  const answer = await dataOf(
    door.ask(
      '{ awardFormsByCode(codes: ["GK", "NOBODY", "CSTD_TQ", "GK"]) { code class { code name { vi } } } }',
    ),
  );
  const certificate = { code: 'GK', class: { code: 'CERT_COMMEND', name: { vi: 'Giấy khen' } } };
  expect(answer).toEqual({
    awardFormsByCode: [
      certificate,
      null,
      { code: 'CSTD_TQ', class: { code: 'TITLE', name: { vi: 'Danh hiệu thi đua' } } },
      certificate,
    ],
  });
});

test('the rule of a form is that of the day of receipt', async () => {
  const answer = await dataOf(
    door.ask(`{ awardFormsByCode(codes: ["CSTD_CS"]) {
      before: rule(regime: L2003, on: "2021-10-01") { minLevel titleQuotaPercent titleQuotaOf { code } bonusMultiple
        bonusRounding { mode to } decidedBy { code rank } requiredPapers { code } law { code before } }
      districts: rule(regime: L2022, on: "2025-02-28") { minLevel }
      none: rule(regime: L2022, on: "2025-03-01") { minLevel }
      unknown: rule(regime: L2022A, on: "2021-10-01") { minLevel }
      latest: rule(regime: L2022) { from before } } }`),
  );
  expect(answer).toEqual({
    awardFormsByCode: [
      {
        before: {
          minLevel: 'DISTRICT',
          titleQuotaPercent: 15,
          titleQuotaOf: [{ code: 'CSTT' }, { code: 'LDTT' }],
          bonusMultiple: 1,
          bonusRounding: { mode: 'UP', to: 10_000 },
          decidedBy: { code: 'UNIT_HEAD', rank: 4 },
          requiredPapers: [
            { code: 'TO_TRINH' },
            { code: 'BAO_CAO_THANH_TICH' },
            { code: 'BIEN_BAN_BINH_XET' },
            { code: 'SANG_KIEN' },
            { code: 'BIEN_BAN_HOI_DONG' },
          ],
          law: { code: 'L2003', before: '2024-01-01' },
        },
        districts: { minLevel: 'DISTRICT' },
        none: { minLevel: 'PROVINCE' },
        unknown: null,
        latest: { from: '2025-07-01', before: '2026-10-01' },
      },
    ],
  });
});

test('every figure of a rule says what it rests on, and none claims a source it does not name', async () => {
  interface Rule {
    readonly noticeDays: number | null;
    readonly bonusMultiple: number | null;
    readonly provenance: readonly { aspect: string; mark: string; source: string | null }[];
  }
  const { awardForms } = await dataOf<{ awardForms: { rules: Rule[] }[] }>(
    door.ask('{ awardForms { rules { noticeDays bonusMultiple provenance { aspect mark source } } } }'),
  );
  const rules = awardForms.flatMap((form) => form.rules);
  expect(rules.length).toBeGreaterThan(33 * 3);
  for (const { provenance, noticeDays, bonusMultiple } of rules) {
    const aspects = new Set(provenance.map(({ aspect }) => aspect));
    expect(aspects).toContain('decidedBy');
    expect(aspects).toContain('passMarkPercent');
    expect(aspects.has('noticeDays')).toBe(noticeDays !== null);
    expect(aspects.has('bonusMultiple')).toBe(bonusMultiple !== null);
    expect(provenance.filter(({ mark, source }) => mark === 'SOURCED' && !source)).toEqual([]);
  }
});

test('the regimes follow one another without a gap, and the rules of each form do within them', async () => {
  interface Row {
    readonly regime: string;
    readonly from: string;
    readonly before: string | null;
    readonly law: { readonly from: string; readonly before: string | null };
  }
  const { awardForms } = await dataOf<{ awardForms: { rules: Row[] }[] }>(
    door.ask('{ awardForms { rules { regime from before law { from before } } } }'),
  );
  for (const { rules } of awardForms) {
    rules.slice(1).forEach((row, index) => {
      expect(row.from).toBe(rules[index]?.before);
    });
    for (const row of rules) expect(row.from >= row.law.from).toBe(true);
    expect(rules.at(-1)?.before).toBeNull();
  }
});

test('a reference to a form that nobody has is null with its error, and the others live on', async () => {
  const { data, errors } = await door.entities(
    'AwardForm',
    [{ code: 'GK' }, { code: 'NOBODY' }],
    'code order',
  );
  expect(data).toEqual({ _entities: [{ code: 'GK', order: 33 }, null] });
  expect(errors).toMatchObject([{ path: ['_entities', 1], extensions: { code: 'ENTITY_NOT_FOUND' } }]);
});

test('more than 100 codes are refused', async () => {
  const { errors } = await door.ask(
    'query ($codes: [AwardFormCode!]!) { awardFormsByCode(codes: $codes) { code } }',
    {
      codes: Array.from({ length: 101 }, () => 'GK'),
    },
  );
  expect(errors?.[0]?.extensions?.code).toBe('INPUT_INVALID');
});
