import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenFor } from '../../gateway/token/printToken.ts';
import { readConfig } from '../../server/config.ts';
import { startGraph, type TestGraph } from '../harness/graph.ts';

let graph: TestGraph;
let DATA_DIR: string;

beforeAll(async () => {
  graph = await startGraph('memory');
  DATA_DIR = mkdtempSync(join(tmpdir(), 'token-'));
});
afterAll(async () => {
  await graph.stop();
  rmSync(DATA_DIR, { recursive: true });
});

const made = (line: string, env: Record<string, string> = {}) =>
  tokenFor(line.split(' ').filter(Boolean), readConfig({ DATA_DIR, ...env }));

describe('npm run token', () => {
  it('asks the gateway for the path of a unit that is given by its code', async () => {
    const token = await made(`--role COMMANDER --unit T01.1 --subject binh --gateway ${graph.url}`);
    expect(decodeJwt(token)).toEqual({
      iss: 'emulation-development',
      aud: 'emulation-graph',
      sub: 'binh',
      role: 'COMMANDER',
      unitPath: '/BCA/T01.1/',
      iat: expect.any(Number),
      exp: expect.any(Number),
    });
  });

  it('takes scopes, policies and an end', async () => {
    const { scopes, policies, unitPath, iat, exp } = decodeJwt<Record<string, unknown>>(
      await made('--role MINISTRY --scopes award:decide,x --policies two-person --expires 15m'),
    );
    expect({ scopes, policies, unitPath }).toEqual({
      scopes: ['award:decide', 'x'],
      policies: ['two-person'],
      unitPath: '/BCA/',
    });
    expect(Number(exp) - Number(iat)).toBe(900);
  });

  it.each([
    ['no role', '', {}, /--role is missing.*\nnpm run token -- --role OFFICER\|/u],
    ['a role that there is not', '--role KING', {}, /role should be one of OFFICER/u],
    ['partners', '--role PARTNER', {}, /partners ask with their API key/u],
    ['an officer of no unit', '--role OFFICER', {}, /officers and commanders need one/u],
    ['an option that there is not', '--rôle ADMIN', {}, /Unknown option/u],
    ['an end that is none', '--role ADMIN --expires soon', {}, /--expires takes 30s, 15m, 8h or 1d/u],
    [
      'a gateway that is not there',
      '--role OFFICER --unit T01.1 --gateway http://127.0.0.1:9',
      {},
      /did not tell/u,
    ],
    ['production', '--role ADMIN', { NODE_ENV: 'production' }, /In production, tokens come from the issuer/u],
    [
      'an issuer of one’s own',
      '--role ADMIN',
      { JWKS: 'https://x.example' },
      /With JWKS set, tokens come from the issuer/u,
    ],
  ])('makes none for %s', async (_what, line, env, message) => {
    await expect(made(line, env)).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(message),
    });
  });

  it('makes none for a unit that there is not', async () => {
    await expect(made(`--role OFFICER --unit T99.9 --gateway ${graph.url}`)).rejects.toThrow(
      `The gateway at ${graph.url} knows no unit with the code T99.9.`,
    );
  });
});
