import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { SeedDoors } from '../../database/seed/seed.ts';
import type { ExplainedAnswer } from '../../server/explain.ts';
import { key, type OpenedPeople, openPeople } from '../activities/peopleDoor.ts';
import { type OpenedDoors, openDoors } from '../harness/doors.ts';

const marks = ['000200123456', '200123456', 'Phạm Thị Tư', 'pham thi tu', 'Đối chiếu danh sách'];
const person = { idNumber: '000200123456', displayName: 'Phạm Thị Tư', consent: 'GIVEN', householdSize: 4 };

let people: OpenedPeople;
let opened: OpenedDoors;
beforeAll(async () => {
  people = await openPeople();
  opened = await openDoors(inject('mongodbUri'), people.graph.connection.name);
});
afterAll(async () => {
  await opened.connection.close();
  await people.graph.close();
});

/** Asks the activities door as the officer, explained; gives data and commands. */
async function explained(document: string, variables: object) {
  const { data, errors, extensions } = await (opened.doors as SeedDoors).activities.ask({
    document,
    variables: variables as Record<string, unknown>,
    viewer: people.officer,
    requestId: 'test',
    explain: true,
  });
  if (errors) throw new Error(JSON.stringify(errors));
  const { explain } = extensions as { explain: ExplainedAnswer };
  // biome-ignore lint/suspicious/noExplicitAny: tests compare answers as they are
  return { data: data as any, commands: explain.commands };
}

describe('what is personal', () => {
  it('stands in no command of a mutation that writes it, and of a query that reads it; it is written once', async () => {
    const planted = await people.plant();
    const input = {
      idempotencyKey: key(),
      id: planted.id,
      expectedVersion: planted.expectedVersion,
      deliveredOn: '2021-09-02',
      people: [person],
      deliveries: 1,
      groups: [{ group: 'NGUOI_NGHEO', reached: 4, households: 1 }],
    };
    const written = await explained(
      'mutation ($input: RecordDeliveryInput!) { recordDelivery(input: $input) { activity { id } userErrors { code } } }',
      { input },
    );
    expect(written.data.recordDelivery).toEqual({ activity: { id: planted.id }, userErrors: [] });
    const read = await explained(
      `query ($id: ID!) { supportActivity(id: $id) {
        beneficiaries(purpose: "Đối chiếu danh sách trước khi quyết toán") { nodes { displayName idTail } } } }`,
      { id: planted.id },
    );
    const { nodes } = read.data.supportActivity.beneficiaries;
    // One row: explaining has written nothing again.
    expect(nodes).toEqual([{ displayName: 'Phạm Thị Tư', idTail: '456' }]);

    const shown = JSON.stringify([written.commands, read.commands]);
    for (const mark of [...marks, planted.id, planted.code]) expect(shown).not.toContain(mark);
    const names = written.commands.map(({ command }) => command);
    expect(names).toEqual(expect.arrayContaining(['insert', 'update', 'commitTransaction']));
    const writes = written.commands.filter(({ command }) => ['insert', 'update'].includes(command));
    expect(new Set(writes.map(({ index }) => index))).toEqual(new Set([null]));
    expect(read.commands.map(({ collection }) => collection)).toContain('activities_deliveries');
  });
});
