import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { partnerScopes } from '../../schema/lintAccess.ts';
import { grants } from '../../server/access/grants.ts';

const contract = (tag: string) => buildSchema(readFileSync(`schema/contracts/${tag}.graphql`, 'utf8'));
const contracts = { public: contract('public'), partner: contract('partner') };

const rootsOf = (tag: keyof typeof contracts): string[] =>
  Object.keys(contracts[tag].getQueryType()?.getFields() ?? {}).toSorted();

/** Everybody's: who one is, units, published campaigns, sums of support, decided awards. */
const everybodys = [
  ...[
    'viewer',
    'unit',
    'unitsByCode',
    'units',
    'searchUnits',
    'unitTree',
    'unitLevels',
    'adminArea',
    'adminAreas',
    'regions',
  ],
  ...['campaign', 'campaignsByCode', 'campaigns', 'searchCampaigns', 'article'],
  ...['contentItem', 'contentItemsByAddress', 'indicator', 'indicatorsByAddress'],
  ...['emulationCluster', 'emulationClusters', 'emulationClusterYears'],
  ...['supportRollup', 'supportKinds', 'beneficiaryGroups', 'fundingSources'],
  ...['award', 'awards', 'awardForms', 'awardFormsByCode'],
];
const partners = ['supportExport', 'verifyAward', 'unitChanges', 'campaignChanges', 'awardChanges'];

test('the public contract holds what is published, and nothing to write with', () => {
  expect(rootsOf('public')).toEqual(everybodys.toSorted());
  expect(contracts.public.getMutationType()).toBeUndefined();
});

test('the partner contract adds rows to exchange, the check of certificates and the streams of changes', () => {
  expect(rootsOf('partner')).toEqual([...everybodys, ...partners].toSorted());
  expect(contracts.partner.getMutationType()).toBeUndefined();
});

describe.each(['public', 'partner'] as const)('in the %s contract there are no', (tag) => {
  test.each([
    ...['SupportActivity', 'SupportActivityConnection', 'SupportActivityChange', 'HouseProject'],
    ...['Beneficiary', 'BeneficiaryConnection', 'ProgressReport', 'CompletenessRow', 'IndicatorSum'],
    ...['PeerScore', 'AwardDossier', 'AwardFunnelRow', 'AuditEntry', 'AuditEntryConnection'],
    ...['UnitMergeProposal', 'UnitFacts', 'CampaignActionHint', 'UserError'],
  ])('%s', (name) => {
    expect(contracts[tag].getType(name)).toBeUndefined();
  });

  test('fields of drafts', () => {
    const campaign = contracts[tag].getType('Campaign');
    const fields = campaign && 'getFields' in campaign ? Object.keys(campaign.getFields()) : [];
    expect(fields).toContain('title');
    expect(fields).not.toContain('returnReason');
    expect(fields).not.toContain('availableActions');
  });
});

test.each(readdirSync('schema/operations').filter((file) => /^partner-.*\.graphql$/u.test(file)))(
  'the partner contract answers %s',
  (file) => {
    const operation = parse(readFileSync(`schema/operations/${file}`, 'utf8'));
    expect(validate(contracts.partner, operation)).toEqual([]);
  },
);

test('the scopes that a contract for partners counts on are those that a partner can hold', () => {
  const held = Object.entries(grants).filter(([, roles]) => 'PARTNER' in roles);
  expect(held.map(([scope]) => scope)).toEqual([...partnerScopes]);
});
