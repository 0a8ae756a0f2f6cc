import type { PersonalData } from '../personal/personalData.ts';
import type { PersonInput } from './deliveryInputs.ts';

/**
 * Gives a household as a request's fingerprint may hold it. The fingerprint is kept for a week: were the number in it
 * hashed without a key, the few million numbers that fit the rest could be tried one by one.
 */
export const printedPerson = (
  { idNumber, displayName, ...rest }: PersonInput,
  personal: PersonalData,
): object => ({
  ...rest,
  idNumber: idNumber === null ? null : personal.print(idNumber),
  displayName: displayName === null ? null : personal.print(displayName),
});
