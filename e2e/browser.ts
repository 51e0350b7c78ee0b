import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A real Chromium with a profile of its own. */
export interface Browser {
  newPage(): Promise<Page>;
  /** What the page's console and content security policy complained about so far. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/**
 * Starts Chromium without any connection of its own.
 * @throws Error when no Chromium is installed; `npm test` installs one.
 */
export async function startBrowser(
  view: { width: number; height: number; theme?: 'light' | 'dark' } = { width: 1440, height: 900 },
): Promise<Browser> {
  const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) throw new Error('no Chromium found; set CHROMIUM_PATH');
  const profile = mkdtempSync(join(tmpdir(), 'sallyport-browser-'));
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width: view.width, height: view.height },
    colorScheme: view.theme ?? 'light',
    reducedMotion: 'reduce',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const complaints: string[] = [];
  return {
    complaints,
    async newPage() {
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      return page;
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
