import { describe, expect, it } from 'vitest';
import { personalData } from '../personal/personalData.ts';
import { addBeneficiary } from './addBeneficiary.ts';
import { recordDelivery } from './recordDelivery.ts';

const under = (byte: number) => personalData([{ id: 'test', key: Buffer.alloc(32, byte) }]);
const person = {
  group: 'NGUOI_NGHEO',
  consent: 'GIVEN',
  idNumber: '000200123456',
  displayName: 'Phạm Thị Tư',
};
const request = { idempotencyKey: 'a-key-of-the-test', id: 'act_1', expectedVersion: 1 };
const given = {
  ...request,
  deliveredOn: '2021-09-01',
  people: [person],
  person: { ...person, deliveredOn: '2021-09-01' },
};

/** What the request is known by for a week; `idNumber` as somebody else may have typed it. */
const printOf = (
  command: typeof recordDelivery | typeof addBeneficiary,
  byte: number,
  idNumber = person.idNumber,
) => {
  const made = command(under(byte)) as unknown as {
    input: { parse: (input: object) => object };
    fingerprint: (input: object) => object;
  };
  const input = {
    ...given,
    people: [{ ...person, idNumber }],
    person: { ...given.person, idNumber },
    alreadyCounted: false,
    amount: 0,
    funding: [],
    inKind: [],
  };
  return JSON.stringify(made.fingerprint(made.input.parse(input)));
};

describe.each([
  ['recordDelivery', recordDelivery],
  ['addBeneficiary', addBeneficiary],
] as const)('the fingerprint of %s', (_, command) => {
  it('holds neither the number nor the name, and cannot be tried out without the key', () => {
    expect(printOf(command, 1)).not.toMatch(/000200123456|Phạm/u);
    expect(printOf(command, 2)).not.toBe(printOf(command, 1));
  });

  it('is the same for the same request, and another for another number', () => {
    expect(printOf(command, 1)).toBe(printOf(command, 1));
    expect(printOf(command, 1, '000200123457')).not.toBe(printOf(command, 1));
  });
});
