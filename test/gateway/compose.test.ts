import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../server/config.ts';
import { subgraphNames } from '../../subgraphs/registry.ts';

interface Service {
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>> | readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly [option: string]: unknown;
}

const text = readFileSync('docker-compose.yml', 'utf8');
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
const ours = Object.entries(services).filter(([, { build }]) => build);

/** `${NAME:-default}` as compose fills it in with nothing set. */
const filled = (environment: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replace(/\$\{\w+:-([^}]*)\}/u, '$1')]),
  );

describe('docker-compose.yml', () => {
  it('runs each of our processes, and MongoDB', () => {
    expect(Object.keys(services).sort()).toEqual(
      ['activities', 'awards', 'campaigns', 'gateway', 'migrate', 'mongodb', 'seed', 'units'].sort(),
    );
  });

  it.each(ours)('%s: has an environment that the program takes', (_name, { environment }) => {
    const config = readConfig(filled(environment ?? {}), { subgraphs: subgraphNames });
    expect(config).toMatchObject({ production: false, host: '0.0.0.0', dataDir: '/data' });
  });

  it('hands everything that production wants to the process that wants it', () => {
    const wanted: Readonly<Record<string, readonly string[]>> = {
      gateway: ['VIEWER_KEY', 'JWKS', 'JWT_ISSUER', 'JWT_AUDIENCE'],
      units: ['VIEWER_KEY'],
      campaigns: ['VIEWER_KEY'],
      activities: ['VIEWER_KEY', 'PII_KEY'],
      awards: ['VIEWER_KEY'],
    };
    for (const [name, variables] of Object.entries(wanted)) {
      for (const variable of variables)
        expect([name, services[name]?.environment?.[variable]]).toEqual([name, `\${${variable}:-}`]);
    }
  });

  it.each(ours)(
    '%s: runs a file that is there, as node itself, with nothing to write on',
    (_name, service) => {
      const [file = ''] = service.command ?? [];
      expect([file, existsSync(file)]).toEqual([file, true]);
      expect(service).toMatchObject({
        init: true,
        read_only: true,
        tmpfs: ['/tmp'],
        volumes: ['data:/data'],
        cap_drop: ['ALL'],
      });
    },
  );

  it.each(subgraphNames.map((name, index) => [name, 4001 + index] as const))(
    '%s: is looked for at port %i',
    (name, port) => {
      const service = services[name];
      expect(service?.command).toEqual(['subgraphs/main.ts', name]);
      expect(service?.healthcheck?.test.join(' ')).toContain(`http://127.0.0.1:${port}/health/ready`);
      const urls = services.gateway?.environment ?? {};
      expect(urls[`SUBGRAPH_URL_${name.toUpperCase()}`]).toBe(`http://${name}:${port}/graphql`);
    },
  );

  it('waits for what must be there first', () => {
    const migrated = { migrate: { condition: 'service_completed_successfully' } };
    expect(services.migrate?.depends_on).toEqual({ mongodb: { condition: 'service_healthy' } });
    expect(services.units?.depends_on).toEqual(migrated);
    expect(services.seed?.depends_on).toEqual(migrated);
  });

  it('initiates the replica set that the URIs name', () => {
    expect(services.mongodb?.command).toEqual(['--replSet', 'rs0', '--bind_ip_all']);
    expect(services.mongodb?.healthcheck?.test.join(' ')).toMatch(
      /rs\.initiate\(\{ _id: 'rs0'.*isWritablePrimary/u,
    );
    expect(services.units?.environment?.MONGODB_URI).toContain('replicaSet=rs0');
  });
});

describe('the Dockerfile', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');

  it('runs node itself, not as root', () => {
    expect(lines.filter((line) => line.startsWith('USER'))).toEqual(['USER node']);
    expect(lines.filter((line) => line.startsWith('ENTRYPOINT'))).toEqual(['ENTRYPOINT ["node"]']);
    expect(lines.filter((line) => line.startsWith('FROM')).every((line) => line.includes('node:24-'))).toBe(
      true,
    );
  });
});
