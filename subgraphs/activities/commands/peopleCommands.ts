import { requireRole } from '../../records/command/reach.ts';
import type { CommandResult } from '../../records/command/runCommand.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { BeneficiaryPayloadRecord, DeliveryPayloadRecord } from '../model/delivery.ts';
import type { Models } from '../model/models.ts';
import { countLookups } from '../personal/lookups.ts';
import type { PersonalData } from '../personal/personalData.ts';
import type { AddBeneficiaryInput, RecordDeliveryInput } from '../types.generated.ts';
import { addBeneficiary } from './addBeneficiary.ts';
import { recordDelivery } from './recordDelivery.ts';

/** The commands that take identity numbers: each is counted before it is run. */
export interface PeopleCommands {
  /** Throws FORBIDDEN, OUT_OF_SUBTREE or RATE_LIMITED. */
  readonly recordDelivery: (input: RecordDeliveryInput) => Promise<DeliveryPayloadRecord>;
  /** Throws FORBIDDEN, OUT_OF_SUBTREE or RATE_LIMITED. */
  readonly addBeneficiary: (input: AddBeneficiaryInput) => Promise<BeneficiaryPayloadRecord>;
}

/** Makes the commands of one request under the keys of personal data. */
export function peopleCommands(scope: RequestScope<Models>, personal: PersonalData): PeopleCommands {
  const counted = async <Result>(
    people: Parameters<typeof countLookups>[1],
    run: () => Promise<CommandResult<Result>>,
  ) => {
    // Who may not write at all leaves no counter behind.
    requireRole(scope.viewer, 'OFFICER', 'COMMANDER');
    await countLookups(scope, people);
    return run();
  };
  return {
    recordDelivery: (input) =>
      counted(input.people ?? [], () => scope.command(recordDelivery(personal), input)),
    addBeneficiary: (input) => counted([input.person], () => scope.command(addBeneficiary(personal), input)),
  };
}
