import { expect, inject, it } from 'vitest';
import { openConnections } from './connections.ts';

it('a second connection, on which the driver reports commands, is opened once for each database and closed with the first', async () => {
  const config = { mongodbUri: inject('mongodbUri'), mongodbUris: new Map() };
  const connections = await openConnections({ config, subgraphs: ['units', 'awards'] });
  const commands: string[] = [];
  const listen = (name: string) => commands.push(name);
  connections
    .of('units')
    .getClient()
    .on('commandStarted', () => listen('unwatched'));
  const monitored = await connections.monitored('units');
  expect(await connections.monitored('awards')).toBe(monitored);
  monitored.getClient().on('commandStarted', ({ commandName }) => listen(commandName));

  await connections.of('units').collection('units_units').findOne();
  await monitored.collection('units_units').findOne();
  expect(commands).toEqual(['find']);

  await connections.close();
  expect([connections.of('units').readyState, monitored.readyState]).toEqual([0, 0]);
});
