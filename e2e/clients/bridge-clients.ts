import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { visitWithOldSdk } from './sdk-clients.ts';
import { type Destination, errand, promptText, type RealClient, resourceText, textOf } from './visit.ts';

const run = promisify(execFile);
const folderOf = (name: string) => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

/** Works in a home of its own: these programs keep state about servers in it. */
async function withHome<Result>(work: (home: string) => Promise<Result>): Promise<Result> {
  const home = mkdtempSync(join(tmpdir(), 'sallyport-client-'));
  try {
    return await work(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const environment = (home: string) => ({ PATH: process.env.PATH ?? '', HOME: home });

const inspectorFile = () =>
  join(folderOf('@modelcontextprotocol/inspector'), 'clients/launcher/build/index.js');

async function inspect(
  home: string,
  { url, key }: Destination,
  era: string,
  args: readonly string[],
): Promise<unknown> {
  const common = ['--cli', url, '--transport', 'http', '--header', `Authorization: Bearer ${key}`];
  const { stdout } = await run(
    process.execPath,
    [inspectorFile(), ...common, '--protocol-era', era, '--format', 'json', '--quiet', ...args],
    { env: environment(home), timeout: 60_000 },
  );
  const parsed = JSON.parse(stdout) as { result?: unknown };
  return parsed.result ?? parsed;
}

/** The command line of the official inspector; it shows no progress and answers no form. */
const inspectorClient = (era: 'legacy' | 'auto' | 'modern'): RealClient => ({
  name: `inspector 2.12.0 on the command line, ${era}`,
  visit: (destination) =>
    withHome(async (home) => {
      const ask = (...args: readonly string[]) => inspect(home, destination, era, args);
      const { tools } = (await ask('--method', 'tools/list')) as { tools: { name: string }[] };
      const call = ['--method', 'tools/call', '--tool-name', errand.tool.name];
      const called = await ask(...call, '--tool-args-json', JSON.stringify(errand.tool.arguments));
      const pairs = Object.entries(errand.prompt.arguments).map(([name, value]) => `${name}=${value}`);
      const prompt = await ask(
        '--method',
        'prompts/get',
        '--prompt-name',
        errand.prompt.name,
        '--prompt-args',
        ...pairs,
      );
      const read = (uri: string) => ask('--method', 'resources/read', '--uri', uri);
      return {
        tools: tools.map(({ name }) => name),
        called: textOf(called),
        prompt: promptText(prompt),
        resource: resourceText(await read(errand.resource)),
        template: resourceText(await read(errand.template)),
        progress: undefined,
        elicited: undefined,
      };
    }),
});

/** `mcp-remote`, the bridge for clients that only start programs, driven by an SDK client over its standard input. */
const bridgeClient: RealClient = {
  name: 'mcp-remote 0.15.1',
  visit: ({ url, key }) =>
    withHome((home) =>
      visitWithOldSdk(
        new StdioClientTransport({
          command: process.execPath,
          args: [
            join(folderOf('mcp-remote'), 'dist/proxy.js'),
            url,
            '--allow-http',
            '--transport',
            'http-only',
            '--header',
            `Authorization:Bearer ${key}`,
          ],
          env: environment(home),
          stderr: 'ignore',
        }),
      ),
    ),
};

/** Real clients that are programs of their own. */
export const programClients: readonly RealClient[] = [
  inspectorClient('legacy'),
  inspectorClient('auto'),
  inspectorClient('modern'),
  bridgeClient,
];
