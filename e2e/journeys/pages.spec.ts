import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callTool } from '../agent-call.ts';
import { startBrowser } from '../browser.ts';
import { type Stack, startStack } from '../stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
  for (let a = 0; a < 5; a += 1) await callTool(stack.endpoint, stack.key, 'demo__add', { a, b: a });
});
afterAll(() => stack?.stop());

const paths = [
  '/',
  '/first-run',
  '/calls',
  '/catalog',
  '/approvals',
  '/endpoints',
  '/endpoints/new',
  '/policies',
  '/detection',
  '/detection?tab=rules',
  '/detection?tab=data',
  '/detection?tab=own',
  '/detection?tab=model',
  '/detection?tab=verdicts',
  '/detection?tab=playground',
  '/agents',
  '/connections',
  '/connections?tab=upstreams',
  '/connect',
  '/inspector',
  '/members',
  '/usage',
  '/tenants',
];

/** Nothing may reach past the right edge of the window. */
const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe.each([
  ['light', 1440],
  ['dark', 1440],
  ['dark', 390],
] as const)('every page, %s, %i px', (theme, width) => {
  it('is accessible (WCAG A and AA), fits its window and breaks no content security policy', async () => {
    const browser = await startBrowser({ width, height: 900, theme });
    try {
      const page = await browser.newPage();
      await page.goto(await stack.loginLink());
      await page.waitForURL((url) => !url.pathname.startsWith('/link'));
      const faults: string[] = [];
      for (const path of paths) {
        await page.goto(`${stack.consoleUrl}${path}`);
        await page.locator('h1').first().waitFor();
        await page.waitForLoadState('networkidle').catch(() => {});
        const wide = Number(await page.evaluate(overflow));
        if (wide > 0) faults.push(`${path}: ${wide} px too wide`);
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
          .analyze();
        for (const violation of violations) {
          faults.push(
            `${path}: ${violation.id} ${violation.nodes[0]?.target.join(' ')} ${violation.nodes[0]?.failureSummary ?? ''}`,
          );
        }
      }
      expect(faults).toEqual([]);
      expect(browser.complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
