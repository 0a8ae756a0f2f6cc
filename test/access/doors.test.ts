import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { publicViewer, type Viewer } from '../../server/viewer.ts';
import { type OpenedDoors, openDoors } from '../harness/doors.ts';
import { countCommands } from '../harness/price.ts';

/** The doors hold the rules of their own SDL again, whatever reaches them: also through references. */

const admin: Viewer = { ...publicViewer, subject: 'admin', role: 'ADMIN', unitPath: '/BCA/' };

const cases = [
  ['units', publicViewer, '{ unitChanges { caughtUp } }', ['unitChanges']],
  ['units', publicViewer, '{ unitMergeProposals { totalCount } }', ['unitMergeProposals']],
  ['campaigns', publicViewer, '{ progressReport(id: "x") { status } }', ['progressReport']],
  ['campaigns', admin, '{ progressReport(id: "x") { status } }', ['progressReport']],
  ['activities', publicViewer, '{ supportActivities { totalCount } }', ['supportActivities']],
  ['activities', admin, '{ houseProjects { totalCount } }', ['houseProjects']],
  ['activities', publicViewer, '{ supportExport { nodes { month } } }', ['supportExport']],
  ['awards', publicViewer, '{ awardDossiers { totalCount } }', ['awardDossiers']],
  ['awards', admin, '{ awardDossier(number: "x") { id } }', ['awardDossier']],
  ['awards', publicViewer, '{ verifyAward(verifyCode: "x") { status } }', ['verifyAward']],
  [
    'activities',
    publicViewer,
    '{ _entities(representations: [{ __typename: "SupportActivity", id: "act_x" }]) { ... on SupportActivity { kind { code } } } }',
    ['_entities', 0, 'kind'],
  ],
  [
    'awards',
    publicViewer,
    '{ _entities(representations: [{ __typename: "SupportActivity", id: "act_x" }]) { ... on SupportActivity { awards { totalCount } } } }',
    ['_entities', 0, 'awards'],
  ],
] as const;

describe('a door', () => {
  let opened: OpenedDoors;
  beforeAll(async () => {
    opened = await openDoors(inject('mongodbUri'), inject('sharedDatabase'));
  });
  afterAll(() => opened.connection.close());

  it.each(cases)('of %s refuses %o: %s', async (name, viewer, document, path) => {
    const commands = countCommands(opened.connection);
    const { errors } = await opened.doors[name].ask({ document, viewer, requestId: 'test' });
    expect(errors).toMatchObject([{ path, extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }]);
    // The reference of an entity is looked up before its fields are.
    if (!document.includes('_entities')) expect(commands.take()).toEqual({});
    commands.stop();
  });
});
