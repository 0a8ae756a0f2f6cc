import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Work } from '../../subgraphs/work.ts';
import { type AskChanges, type Change, numbered, startAlone } from '../harness/keptCopy.ts';
import { dataOf, viewerOf } from './campaignsDoor.ts';
import { at, type CampaignNode, commander, openWriting, text, type Writing } from './writing.ts';

let graph: Writing;
let work: Work;
beforeAll(async () => {
  graph = await openWriting();
  work = startAlone(graph.door);
});
afterAll(async () => {
  await work.stop();
  await graph.close();
});

const changes: AskChanges = async (args) => {
  await numbered(graph.connection, 'campaigns');
  const answer = await graph.ask(
    `query ($after: String, $first: Int!, $since: DateTime) {
      campaignChanges(after: $after, first: $first, since: $since) {
        nodes: edges { kind id node { code status } } endCursor caughtUp } }`,
    args,
    viewerOf('PARTNER'),
  );
  return dataOf<{ campaignChanges: Awaited<ReturnType<AskChanges>> }>(answer).campaignChanges;
};

it('tells a partner what becomes of a campaign from the day it is published, at its latest place only', async () => {
  const { endCursor: after } = await changes({ after: null, first: 100 });
  const told = async (): Promise<readonly Change[]> => (await changes({ after, first: 100 })).nodes;
  const act = async (name: string, campaign: CampaignNode, more: object = {}): Promise<CampaignNode> => {
    const answer = await graph.write(name, { ...at(campaign), ...more }, commander);
    if (!answer.node) throw new Error(JSON.stringify(answer));
    return answer.node;
  };
  const draft = await graph.begin();
  expect(await told()).toEqual([]);
  const funding = { confirmedOn: '2026-01-06', document: { number: '1' } };
  const approved = await graph.put(draft, { status: 'APPROVED', funding });
  const published = await act('publishCampaign', approved, { launchedOn: '2026-01-10' });
  const { id, code } = draft;
  expect(await told()).toEqual([{ kind: 'UPSERT', id, node: { code, status: 'ACTIVE' } }]);
  const closed = await act('closeCampaign', published);
  expect(await told()).toEqual([{ kind: 'UPSERT', id, node: { code, status: 'CLOSED' } }]);
  const summary = { summary: text('Hoàn thành tốt'), document: { number: '90/BC' } };
  await act('archiveCampaign', await act('summariseCampaign', closed, summary));
  expect(await told()).toEqual([{ kind: 'TOMBSTONE', id, node: null }]);
});
