import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { callTool } from './agent-call.ts';
import { startBrowser } from './browser.ts';
import { signIn } from './console-session.ts';
import { startStack } from './stack.ts';

/** Takes `docs/images/*.png` from a running product: every page, both themes, wide and narrow. */
const folder = process.argv[2] ?? fileURLToPath(new URL('../docs/images', import.meta.url));
const views = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

const stack = await startStack();
try {
  mkdirSync(folder, { recursive: true });
  for (let a = 0; a < 40; a += 1) await callTool(stack.endpoint, stack.key, 'demo__add', { a, b: a });
  for (let a = 0; a < 6; a += 1)
    await callTool(stack.endpoint, stack.key, 'demo__search_notes', { query: 'release' });
  await callTool(stack.endpoint, stack.key, 'demo__add', { a: 'not a number' });
  await callTool(stack.endpoint, stack.key, 'demo__nothing', {});
  const owner = await signIn(stack.consoleUrl, await stack.loginLink());
  const servers = await owner.run<{ nodes: { id: string; latestReport?: { id: string } | null }[] }>(
    'servers',
    { first: 10 },
  );
  const calls = await owner.run<{ nodes: { id: string }[] }>('calls', { first: 1 });
  await fetch(`${stack.demoUrl}/poison`, { method: 'POST' });
  const serverId = servers.nodes[0]?.id ?? '';
  await owner.run('recheckServer', { serverId });
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  await callTool(stack.endpoint, stack.key, 'demo__search_notes', { query: 'release' });
  const pages: Record<string, string> = {
    overview: '/',
    'first-run': '/first-run',
    calls: '/calls',
    call: `/calls?open=${calls.nodes[0]?.id}`,
    catalog: '/catalog',
    'server-tools': `/catalog/${serverId}?tab=tools`,
    'server-changes': `/catalog/${serverId}?tab=changes`,
    approvals: '/approvals',
    endpoints: '/endpoints',
    'new-endpoint': '/endpoints/new',
    policies: '/policies',
    detection: '/detection',
    'detection-rules': '/detection?tab=rules',
    'detection-data': '/detection?tab=data',
    'detection-own': '/detection?tab=own',
    'detection-model': '/detection?tab=model',
    'detection-playground': '/detection?tab=playground',
    agents: '/agents',
    connections: '/connections',
    'connections-servers': '/connections?tab=upstreams',
    connect: '/connect',
    inspector: '/inspector?item=demo__add',
    members: '/members',
    usage: '/usage',
    tenants: '/tenants',
  };
  const report = servers.nodes[0]?.latestReport?.id;
  if (report !== undefined) pages['vetting-report'] = `/reports/${report}`;
  for (const theme of ['light', 'dark'] as const) {
    for (const view of views) {
      const browser = await startBrowser({ ...view, theme });
      const page: Page = await browser.newPage();
      await page.goto(await stack.loginLink());
      await page.waitForURL((url) => !url.pathname.startsWith('/link'));
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(`${stack.consoleUrl}${path}`);
        await page.locator('h1').first().waitFor();
        await page.waitForTimeout(900);
        await page.screenshot({ path: `${folder}/${name}-${theme}-${view.width}.png` });
      }
      if (browser.complaints.length > 0)
        process.stdout.write(`${theme} ${view.width}: ${[...new Set(browser.complaints)].join('\n')}\n`);
      await browser.close();
    }
  }
} finally {
  await stack.stop();
}
