import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, startBrowser } from '../browser.ts';
import { type ConsoleSession, signIn } from '../console-session.ts';
import { eventually } from '../eventually.ts';
import { type Stack, startStack } from '../stack.ts';
import { createAgentKey, liveEverywhere, publishServer } from '../tenant-setup.ts';
import { startModernSuite } from '../upstreams/suite/modern-suite.ts';
import type { SuiteServer } from '../upstreams/suite/serve-loopback.ts';

/** A member tries what agents are offered: every test goes through the real gateway, from a real page. */
let stack: Stack;
let suite: SuiteServer;
let browser: Browser;
let page: Page;
let owner: ConsoleSession;
let agentId = '';

interface SeenCall {
  readonly id: string;
  readonly method: string;
  readonly toolName: string | null;
  readonly outcome: string;
}

beforeAll(async () => {
  stack = await startStack();
  suite = await startModernSuite();
  owner = await signIn(stack.consoleUrl, await stack.loginLink());
  await owner.run('allowPrivateOrigin', { origin: `127.0.0.1:${suite.port}` });
  await publishServer(owner, 'suite', suite.url);
  agentId = (await createAgentKey(owner, 'Tried by people')).agentId;
  browser = await startBrowser();
  page = await browser.newPage();
  await page.goto(await stack.loginLink());
  await page.waitForURL((url) => !url.pathname.startsWith('/link'));
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await suite?.close();
  await stack?.stop();
});

async function open(kind: string, item: string): Promise<void> {
  const search = new URLSearchParams({ agent: agentId, kind, item });
  await page.goto(`${stack.consoleUrl}/inspector?${search}`);
}
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const result = () => page.getByRole('region', { name: 'Text', exact: true }).first();
const callsOf = async (toolName: string): Promise<readonly SeenCall[]> => {
  const { nodes } = await owner.run<{ nodes: readonly SeenCall[] }>('calls', {
    first: 50,
    filter: { agentId },
  });
  return nodes.filter((call) => call.toolName === toolName);
};

describe('the inspector', () => {
  it('lists what the agent sees and calls a tool by a form made from its schema', async () => {
    await page.goto(`${stack.consoleUrl}/inspector?agent=${agentId}`);
    await page.getByRole('button', { name: /^demo__add/ }).click();
    await page.getByLabel('a', { exact: true }).fill('2');
    await page.getByLabel('b', { exact: true }).fill('40');
    await press('Call tool');
    await page.getByText('42').first().waitFor();
  });

  it('leaves a receipt of the agent that says it was the inspector, and links to it', async () => {
    const link = page.getByRole('link', { name: 'Open the call' });
    await link.waitFor({ timeout: 20_000 });
    const [call] = await eventually('the receipt', async () => {
      const found = await callsOf('demo__add');
      return found.length > 0 && found;
    });
    expect(call).toMatchObject({ outcome: 'OK', method: 'tools/call' });
    const { client } = await owner.run<{ client: string | null }>('call', { id: call?.id });
    expect(client).toContain('sallyport-inspector');
    expect(await link.getAttribute('href')).toContain(call?.id);
  });

  it('never gives the page the key it used', async () => {
    const text = await page.content();
    expect(text).not.toMatch(/sp_[A-Za-z0-9_-]{20}/);
  });

  it('asks the person what the server asks, and goes on with the answer', async () => {
    await open('tool', 'suite__test_elicitation');
    await page.getByLabel(/^message/).fill('Who are you?');
    await press('Call tool');
    await page.getByText('The server asks something before it goes on').waitFor();
    await page.getByText('Who are you?').first().waitFor();
    await page.getByLabel(/^username/).fill('Ana');
    await page.getByLabel(/^email/).fill('ana@example.com');
    await press('Send answer');
    await result().getByText('Ana').waitFor();
    const waiting = page.getByText(/messages on the wire/);
    expect(await waiting.innerText()).toMatch(/^4 /);
  });

  it('lets the person decline', async () => {
    await open('tool', 'suite__test_elicitation');
    await page.getByLabel(/^message/).fill('And now?');
    await press('Call tool');
    await page.getByText('The server asks something before it goes on').waitFor();
    await press('Decline');
    await result().getByText('decline').waitFor();
  });

  it('gets a prompt and reads a resource', async () => {
    await page.goto(`${stack.consoleUrl}/inspector?agent=${agentId}&kind=prompt`);
    await page.getByRole('button', { name: /test_simple_prompt/ }).click();
    await press('Get prompt');
    await result().waitFor();
    await open('resource', 'test://static-text');
    await press('Read resource');
    await result().waitFor();
  });

  it('shows the refusal of a policy as an agent gets it', async () => {
    await owner.run('createPolicy', {
      input: {
        name: 'No add',
        enabled: true,
        text: '@reason("Not by people.")\nforbid (principal, action == Action::"call", resource == Tool::"demo__add") when { context.args has a && context.args.a == decimal("13.0") };',
      },
    });
    await liveEverywhere(owner);
    await open('tool', 'demo__add');
    await page.getByLabel('a', { exact: true }).fill('13');
    await page.getByLabel('b', { exact: true }).fill('1');
    await press('Call tool');
    await page.getByText('Refused', { exact: true }).first().waitFor();
    await page.getByText('denied', { exact: true }).waitFor();
    await eventually('the receipt', async () =>
      (await callsOf('demo__add')).some(({ outcome }) => outcome === 'DENIED'),
    );
  });

  it('says so when the agent does not see what was asked for', async () => {
    const address = page.url();
    await open('tool', 'demo__nothing');
    await page.getByText('The agent does not see demo__nothing').waitFor();
    await page.goto(address);
    await page.getByRole('button', { name: 'Call tool' }).waitFor();
  });

  it('is accessible with a result on the screen, and breaks no content security policy', async () => {
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')}`)).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });

  it('shows on the connections page what the workers found of the servers', async () => {
    await page.goto(`${stack.consoleUrl}/connections?tab=upstreams`);
    const row = page.getByRole('row', { name: /suite/ });
    await row.getByText('Up', { exact: true }).waitFor({ timeout: 20_000 });
  });
});
