import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import type { Viewer } from '../../server/viewer.ts';
import { type DoorName, startBehind } from '../harness/behind.ts';
import { openDoors } from '../harness/doors.ts';

/**
 * A process that writes through all four doors as fast as it can, and says on a line of its own what was acknowledged:
 * `done <type> <id> <version>`. It is made to be killed.
 */
const [uri = '', database = ''] = process.argv.slice(2);
const { doors } = await openDoors(uri, database);
startBehind(doors);

const viewer = (role: Viewer['role'], unitPath: string): Viewer => ({
  subject: `writer-${role}`,
  role,
  unitPath,
  scopes: [],
  locale: 'EN',
});

const mutate = async (
  door: DoorName,
  name: string,
  type: string,
  as: Viewer,
  field: string,
  input: object,
) => {
  const { data, errors } = await doors[door].ask({
    document: `mutation ($input: ${type}!) { ${name}(input: $input) { ${field} { id version } userErrors { code path message } } }`,
    variables: { input: { idempotencyKey: randomUUID(), ...input } },
    viewer: as,
    requestId: 'writer',
  });
  const payload = data?.[name] as Record<string, { id: string; version: number }> | undefined;
  const record = payload?.[field];
  if (!record) throw new Error(inspect({ errors, payload }, { depth: 5 }));
  process.stdout.write(`done ${field} ${record.id} ${record.version}\n`);
  return record;
};

const decision = { number: '01/QĐ-BCA', date: '2026-01-10' };
const admin = viewer('ADMIN', '/BCA/');
const officer = viewer('OFFICER', '/BCA/T01.1/');
const commander = viewer('COMMANDER', '/BCA/T01.1/');

/** A team under a province: opened, renamed twice by marks, closed. */
async function writeUnit(): Promise<void> {
  const parent = await doors.units.ask({
    document: '{ unit(code: "T01.1") { version } }',
    viewer: admin,
    requestId: 'writer',
  });
  const version = (parent.data?.unit as { version: number } | undefined)?.version;
  const code = `V${randomUUID().replace(/\D/gu, '').slice(0, 6)}.1`;
  await mutate('units', 'openUnit', 'OpenUnitInput', admin, 'unit', {
    unit: {
      code,
      level: 'DIVISION',
      name: { vi: `Phòng ${code}` },
      parent: { code: 'T01.1', expectedVersion: version },
    },
    effectiveOn: '2026-01-12',
    decision,
  });
}

/** A draft of a campaign that is changed several times. */
async function writeCampaign(): Promise<void> {
  const draft = { kind: 'THEMATIC', title: { vi: 'Phong trào thử' }, issuedOn: '2026-01-05' };
  let campaign = await mutate('campaigns', 'createCampaign', 'CreateCampaignInput', officer, 'campaign', {
    code: `TEST-${randomUUID().slice(0, 8).toUpperCase()}`,
    owner: 'T01.1',
    draft,
  });
  for (let edit = 1; edit <= 3; edit += 1) {
    campaign = await mutate(
      'campaigns',
      'updateCampaignDraft',
      'UpdateCampaignDraftInput',
      officer,
      'campaign',
      {
        id: campaign.id,
        expectedVersion: campaign.version,
        draft: { ...draft, title: { vi: `Phong trào thử, lần ${edit}` } },
      },
    );
  }
}

/** A dossier that is drafted, changed and taken back. */
async function writeDossier(): Promise<void> {
  const content = {
    form: 'GK',
    kind: 'MOVEMENT',
    proposer: 'T01.1',
    recipient: {
      person: { ref: `p-${randomUUID()}`, displayName: 'Người thử', unit: 'T01.1', consented: false },
    },
    achievements: [
      { key: randomUUID(), summary: 'Thành tích thử', from: '2021-08-15', before: '2021-11-16' },
    ],
  };
  let dossier = await mutate('awards', 'createDossier', 'CreateDossierInput', officer, 'dossier', {
    content,
  });
  const at = () => ({ id: dossier.id, expectedVersion: dossier.version });
  dossier = await mutate('awards', 'updateDossier', 'UpdateDossierInput', officer, 'dossier', {
    ...at(),
    content,
  });
  await mutate('awards', 'withdrawDossier', 'WithdrawDossierInput', officer, 'dossier', at());
}

/** An activity that is planned, approved, and gets two deliveries. */
async function writeActivity(): Promise<void> {
  let activity = await mutate('activities', 'planActivity', 'PlanActivityInput', officer, 'activity', {
    campaign: 'BCA-2021-COVID-TDDB',
    unit: 'T01.1',
    kind: 'HO_TRO_VAT_CHAT',
    plan: {
      title: { vi: 'Tặng quà thử' },
      startsOn: '2021-09-10',
      groups: [{ group: 'NGUOI_NGHEO', targeted: 20 }],
      plannedAmount: 1_000_000,
      funding: [{ source: 'DON_VI', planned: 1_000_000 }],
    },
  });
  const at = () => ({ id: activity.id, expectedVersion: activity.version });
  activity = await mutate(
    'activities',
    'approveActivity',
    'ApproveActivityInput',
    commander,
    'activity',
    at(),
  );
  for (let delivery = 0; delivery < 2; delivery += 1) {
    activity = await mutate('activities', 'recordDelivery', 'RecordDeliveryInput', officer, 'activity', {
      ...at(),
      deliveredOn: '2021-09-11',
      deliveries: 5,
      groups: [{ group: 'NGUOI_NGHEO', reached: 10, households: 5 }],
      amount: 500_000,
      funding: [{ source: 'DON_VI', amount: 500_000 }],
    });
  }
}

/** A report that is saved again and again. */
async function writeReport(): Promise<void> {
  const at = { campaign: 'BCA-2021-COVID-TDDB', unit: 'T01.1', period: '2021-W40' };
  const found = await doors.campaigns.ask({
    document: `{ campaign(code: "${at.campaign}") { progressReports(filter: { unit: ["T01.1"] }, first: 100) { nodes { version period } } } }`,
    viewer: officer,
    requestId: 'writer',
  });
  const { campaign } = found.data as {
    campaign: { progressReports: { nodes: { version: number; period: string }[] } };
  };
  const known = campaign.progressReports.nodes.find(({ period }) => period === at.period);
  let expectedVersion = known?.version ?? null;
  for (let save = 0; save < 3; save += 1) {
    const report = await mutate('campaigns', 'saveReport', 'SaveReportInput', officer, 'report', {
      ...at,
      expectedVersion,
      values: [],
      narrative: `Lần ${save}`,
    });
    expectedVersion = report.version;
  }
}

process.stdout.write('ready\n');
await Promise.all(
  [writeUnit, writeCampaign, writeReport, writeActivity, writeDossier].map(async (write) => {
    for (;;) await write();
  }),
).catch((error: unknown) => {
  process.stderr.write(`${inspect(error)}\n`);
  process.exit(1);
});
