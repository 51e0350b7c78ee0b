import { canonicalJson } from '@sallyport/kernel';
import { describe, expect, it } from 'vitest';
import { startLegacySuite } from '../../../e2e/upstreams/suite/legacy-suite.ts';
import { startModernSuite } from '../../../e2e/upstreams/suite/modern-suite.ts';
import { promptDefinitions } from '../../../e2e/upstreams/suite/prompts.ts';
import { resourceDefinitions, templateDefinitions } from '../../../e2e/upstreams/suite/resources.ts';
import { adder, sha256Hex, start, vet, world } from './__fixtures__/jobs-world.ts';
import { startSseServer } from './__fixtures__/sse-server.ts';

const html = '<!doctype html><p>A chart</p>';
const uri = 'ui://adder/chart.html';
const promptOnly = {
  initialize: {
    protocolVersion: '2024-11-05',
    capabilities: { prompts: {}, resources: {} },
    serverInfo: { name: 'old', version: '1' },
  },
  'prompts/list': { prompts: [{ name: 'greet', description: 'Says hello.' }] },
  'resources/list': { resources: [{ uri, name: 'Chart', mimeType: 'text/html;profile=mcp-app' }] },
  'resources/read': { contents: [{ uri, mimeType: 'text/html;profile=mcp-app', text: html }] },
};

describe('vetting of every kind', () => {
  it.each([
    ['modern', startModernSuite],
    ['legacy', startLegacySuite],
  ] as const)(
    'reads prompts, resources, templates and what a %s server declares',
    async (era, startSuite) => {
      const suite = await startSuite();
      try {
        world.jobs = await start();
        const { run, report } = await vet(suite.url);
        expect(run).toMatchObject({ state: 'finished', error: null });
        const count = (kind: string) => report?.tools.filter((tool) => tool.kind === kind).length;
        expect(count('prompt')).toBe(promptDefinitions.length);
        expect(count('resource')).toBe(resourceDefinitions.length);
        expect(count('template')).toBe(templateDefinitions.length);
        expect(count('instructions')).toBe(1);
        expect(report?.outcome).toBe('complete');
        expect(report?.facts.find((fact) => fact.name === 'Era')?.value).toBe(era);
        expect(Object.keys(report?.capabilities ?? {})).toEqual(
          expect.arrayContaining(['prompts', 'resources']),
        );
      } finally {
        await suite.close();
      }
    },
  );

  it('vets a server of HTTP+SSE (2024-11-05) that has no tools, with the HTML of its app', async () => {
    const server = await startSseServer(promptOnly);
    try {
      world.jobs = await start();
      const { run, report } = await vet(server.url);
      expect(run).toMatchObject({ state: 'finished', error: null });
      expect(report?.tools.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
        'prompt greet',
        `resource ${uri}`,
      ]);
      const app = JSON.parse(report?.tools[1]?.definition ?? '{}');
      expect(app.contentSha256).toBe(sha256Hex(html));
      expect(report?.tools[1]?.digest).toBe(sha256Hex(canonicalJson(app)));
      expect(report?.grade).toBe('A');
    } finally {
      await server.close();
    }
  });

  it('says which limit was passed, whatever the kind', async () => {
    const prompts = Array.from({ length: 30 }, (_, n) => ({ name: `p${n}` }));
    const server = await startSseServer({ ...promptOnly, 'prompts/list': { prompts } });
    try {
      world.jobs = await start({ maxTools: 20 });
      const { run, report } = await vet(server.url);
      expect(run.error).toContain('prompts/list: more than 20 entries');
      expect(report).toMatchObject({ outcome: 'incomplete' });
    } finally {
      await server.close();
    }
  });

  it('goes on as before for a server with tools only', async () => {
    const tools = { ...promptOnly.initialize, capabilities: { tools: {} } };
    const server = await startSseServer({ initialize: tools, 'tools/list': { tools: [adder] } });
    try {
      world.jobs = await start();
      const { report } = await vet(server.url);
      expect(report).toMatchObject({ grade: 'A', tools: [{ kind: 'tool', name: adder.name }] });
    } finally {
      await server.close();
    }
  });
});
