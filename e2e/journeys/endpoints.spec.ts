import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentRequest, refusalCode } from '../agent-call.ts';
import { type Browser, startBrowser } from '../browser.ts';
import { type ConsoleSession, signIn } from '../console-session.ts';
import { eventually } from '../eventually.ts';
import { legacyClient, modernClient } from '../official-clients.ts';
import { type Stack, startStack } from '../stack.ts';
import { createAgentKey, createEndpoint, liveEverywhere, publishServer } from '../tenant-setup.ts';
import { type ModernUpstream, startModernUpstream } from '../upstreams/modern-upstream.ts';

let stack: Stack;
let upstream: ModernUpstream;
let owner: ConsoleSession;
let browser: Browser;
let page: Page;
let key: string;
let serverId: string;

beforeAll(async () => {
  stack = await startStack();
  upstream = await startModernUpstream();
  owner = await signIn(stack.consoleUrl, await stack.loginLink());
  await owner.run('allowPrivateOrigin', { origin: `127.0.0.1:${upstream.port}` });
  serverId = await publishServer(owner, 'Fixture', upstream.url);
  ({ key } = await createAgentKey(owner, 'composer'));
  browser = await startBrowser();
  page = await browser.newPage();
  await page.goto(await stack.loginLink());
  await page.waitForURL((url) => !url.pathname.startsWith('/link'));
});
afterAll(async () => {
  await browser?.close();
  await upstream?.close();
  await stack?.stop();
});

const urlOf = (slug: string) => `${stack.gatewayUrl}/demo/${slug}/key/mcp`;
const tick = (name: string) => page.getByRole('checkbox', { name, exact: true }).click();
const saidLive = () =>
  page
    .getByRole('status')
    .filter({ hasText: /2 of 2/ })
    .first()
    .waitFor();

describe('an endpoint composed in the console', () => {
  it('is made of chosen tools with a rename, and is live when the page says so', async () => {
    await page.goto(`${stack.consoleUrl}/endpoints/new`);
    await page.getByLabel('Name', { exact: true }).fill('Support desk');
    expect(await page.getByLabel('Name in the URL').inputValue()).toBe('support-desk');
    for (const name of ['add (Demo)', 'search_notes (Demo)']) await tick(name);
    await page.getByRole('button', { name: 'Edit demo__add' }).click();
    await page.getByLabel('Name on this endpoint').fill('sum_up');
    await page.getByRole('button', { name: 'Create and publish' }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/endpoints/end_'));
    await saidLive();
  });

  it.each([
    ['2026-07-28', modernClient],
    ['initialize', legacyClient],
  ])('shows a real client exactly these names (%s)', async (_era, connect) => {
    const client = await connect(urlOf('support-desk'), key);
    try {
      expect(await client.list()).toEqual(['demo__search_notes', 'sum_up']);
      expect(await client.call('sum_up', { a: 2, b: 3 })).toContain('5');
    } finally {
      await client.close();
    }
  });

  it('hides a tool: it is neither listed nor callable, by either name', async () => {
    await page.getByRole('button', { name: 'Hide sum_up' }).click();
    await page.getByRole('button', { name: 'Save and publish' }).click();
    await page.getByText('Not saved', { exact: true }).waitFor({ state: 'detached' });
    await saidLive();
    await liveEverywhere(owner);
    const client = await modernClient(urlOf('support-desk'), key);
    expect(await client.list()).toEqual(['demo__search_notes']);
    await client.close();
    for (const name of ['sum_up', 'demo__add']) {
      const reply = await agentRequest(urlOf('support-desk'), key, 'tools/call', {
        name,
        arguments: { a: 1, b: 2 },
      });
      expect(refusalCode(reply)).toBe('unknown_tool');
    }
  });

  it('flags two of one name while they are typed, and does not let them be saved', async () => {
    await page.getByRole('button', { name: 'Show sum_up' }).click();
    const open = page.getByRole('button', { name: 'Edit demo__search_notes' });
    await open.click();
    await page.getByLabel('Name on this endpoint').fill('sum_up');
    await page.getByText('2 names cannot be used').waitFor();
    expect(await page.getByRole('button', { name: 'Save and publish' }).isDisabled()).toBe(true);
  });

  it('asks before changes are left behind', async () => {
    await page.getByRole('link', { name: 'Overview' }).first().click();
    await page.getByText('Leave without saving?').waitFor();
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.waitForURL((url) => url.pathname === '/');
  });

  it('is found again by the command palette, with the keyboard alone', async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('supp desk');
    await page.getByRole('option', { name: /Support desk/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname.startsWith('/endpoints/end_'));
    await page.getByRole('heading', { name: 'Support desk' }).waitFor();
  });

  it('is accessible (WCAG A and AA), palette included, and breaks no content security policy', async () => {
    const faults: string[] = [];
    const look = async (where: string) => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
        .analyze();
      for (const { id, nodes } of violations) faults.push(`${where}: ${id} ${nodes[0]?.target.join(' ')}`);
    };
    await look('composer');
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox').waitFor();
    await look('palette');
    await page.keyboard.press('Escape');
    for (const path of ['/endpoints', '/endpoints/new']) {
      await page.goto(`${stack.consoleUrl}${path}`);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle').catch(() => {});
      await look(path);
    }
    expect(faults).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });
});

describe('other shapes of an endpoint', () => {
  it('shows the names of its one server where it is plain', async () => {
    const plain = await createEndpoint(owner, { slug: 'plain', servers: [serverId], naming: 'PLAIN' });
    const client = await modernClient(plain.url, key);
    const names = await client.list();
    await client.close();
    expect(names.length).toBeGreaterThan(0);
    expect(names).toEqual(
      plain.entries
        .filter((entry) => entry.kind === 'TOOL')
        .map((entry) => entry.wireName)
        .sort(),
    );
    expect(names.some((name) => name.includes('__'))).toBe(false);
  });

  it('shows three tools where it searches, and finds and calls the one behind them', async () => {
    const { url } = await createEndpoint(owner, { slug: 'searching', selection: 'ALL', toolSearch: true });
    const client = await modernClient(url, key);
    try {
      expect(await client.list()).toEqual(['call_tool', 'describe_tool', 'search_tools']);
      expect(await client.call('search_tools', { query: 'add two numbers' })).toContain('demo__add');
      expect(await client.call('call_tool', { name: 'demo__add', arguments: { a: 20, b: 22 } })).toContain(
        '42',
      );
    } finally {
      await client.close();
    }
  });

  it('is gone for agents when it is deleted', async () => {
    const made = await createEndpoint(owner, { slug: 'short-lived', servers: [serverId] });
    await owner.run('deleteEndpoint', { id: made.id, revokeKeys: false });
    await liveEverywhere(owner);
    await eventually('nobody is let in', async () => {
      const reply = await agentRequest(made.url, key, 'tools/list');
      return reply.status === 401 || reply.status === 404 ? reply : undefined;
    });
  });
});
