import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programClients } from '../clients/bridge-clients.ts';
import { prepareGo, preparePython } from '../clients/language-clients.ts';
import { oldSseClient, sdkClients } from '../clients/sdk-clients.ts';
import type { RealClient, Visit } from '../clients/visit.ts';
import {
  type Fixtures,
  type GatewayGround,
  startFixtures,
  startGatewayGround,
} from '../conformance/gateway-ground.ts';

/** Clients that others made, each at an upstream of either era, whatever era the client itself speaks. */
const python = await preparePython();
const go = await prepareGo();
const upstreams = ['2025-11-25', '2026-07-28'] as const;

let fixtures: Fixtures;
let ground: GatewayGround;

beforeAll(async () => {
  fixtures = await startFixtures();
  ground = await startGatewayGround(fixtures);
});
afterAll(async () => {
  await ground?.close();
  await fixtures?.close();
  for (const language of [python, go]) if (language.kind === 'ready') language.close();
});

function expectWhole(visit: Visit): void {
  expect(visit.tools).toEqual(expect.arrayContaining(['greet', 'test_app_panel', 'test_elicitation']));
  expect(visit.called).toBe('Hello, Ada!');
  expect(visit.prompt).toBe("Prompt with arguments: arg1='left', arg2='right'");
  expect(visit.resource).toBe('This is the content of the static text resource.');
  expect(visit.template).toContain('Data for ID: 7');
  if (visit.progress !== undefined) expect(visit.progress).toBe(3);
  if (visit.elicited === undefined) return;
  expect(visit.elicited).toContain('action=accept');
  expect(visit.elicited).toContain('"username":"ada"');
}

function visits(client: RealClient, toUrl = (url: string) => url): void {
  it.each(upstreams)(`${client.name} sees everything of an upstream that speaks %s`, async (upstream) => {
    const { url, key } = ground.endpoints[upstream];
    expectWhole(await client.visit({ url: toUrl(url), key }));
  });
}

describe('real clients through the gateway', () => {
  for (const client of [...sdkClients, ...programClients]) visits(client);
  visits(oldSseClient, (url) => url.replace(/\/mcp$/, '/sse'));
});

describe.each([
  ['Python', python],
  ['Go', go],
] as const)('the official client for %s', (language, prepared) => {
  if (prepared.kind === 'ready') {
    for (const client of prepared.clients) visits(client);
    return;
  }
  console.log(`${language} is skipped: ${prepared.reason}`);
  it.skip('is not on this machine', () => {});
});
