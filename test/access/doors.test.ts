import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { demoViewer, publicViewer, type Viewer } from '../../server/viewer.ts';
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
    expect(commands.take()).toEqual({});
    commands.stop();
  });

  it.each([
    ['activities', 'kind { code }', ['_entities', 0], 'ENTITY_NOT_FOUND'],
    ['awards', 'awards { totalCount }', ['_entities', 0, 'awards'], 'UNAUTHORIZED_FIELD_OR_TYPE'],
  ] as const)(
    'of %s gives nothing of an activity that it is only referred to',
    async (name, field, path, code) => {
      const { activities } = opened.doors;
      const known = await activities.ask({
        document: '{ supportActivities(first: 1) { nodes { id } } }',
        viewer: demoViewer,
        requestId: 'test',
      });
      const [activity] = (known.data as { supportActivities: { nodes: { id: string }[] } }).supportActivities
        .nodes;
      const asked = await opened.doors[name].ask({
        document: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on SupportActivity { ${field} } } }`,
        variables: { of: [{ __typename: 'SupportActivity', ...activity }] },
        viewer: publicViewer,
        requestId: 'test',
      });
      expect(asked.errors).toMatchObject([{ path, extensions: { code } }]);
    },
  );
});
