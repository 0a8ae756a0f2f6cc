import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

/**
 * Apollo's own parts as their manuals put them together: `stock.js '{"supergraph": FILE, "port", "headers": {…}}'` serves
 * the supergraph with @apollo/server's standalone server, and sends the headers with every fetch to a subgraph.
 */
const { supergraph, port, headers } = JSON.parse(process.argv[2]);

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraph, 'utf8'),
  buildService: ({ url }) =>
    new RemoteGraphQLDataSource({
      url,
      willSendRequest: ({ request }) => {
        for (const [name, value] of Object.entries(headers)) request.http.headers.set(name, value);
      },
    }),
});

const { url } = await startStandaloneServer(new ApolloServer({ gateway }), {
  listen: { host: '127.0.0.1', port },
});
console.log(url);
