import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AskedClient,
  calledText,
  getTask,
  newAsked,
  oldAsked,
  runTask,
} from '../clients/asked-clients.ts';
import {
  type Fixtures,
  type GatewayGround,
  startFixtures,
  startGatewayGround,
} from '../conformance/gateway-ground.ts';
import { createEndpointKey } from '../endpoint-setup.ts';
import { eventually } from '../eventually.ts';

/** Every pairing of eras: what a server asks, says unasked and marks reaches the client in the client's own words. */
let fixtures: Fixtures;
let ground: GatewayGround;

beforeAll(async () => {
  fixtures = await startFixtures();
  ground = await startGatewayGround(fixtures);
});
afterAll(async () => {
  await ground?.close();
  await fixtures?.close();
});

const pairs = [
  { client: '2025-11-25', upstream: '2025-11-25', connect: oldAsked },
  { client: '2025-11-25', upstream: '2026-07-28', connect: oldAsked },
  { client: '2026-07-28', upstream: '2025-11-25', connect: newAsked },
  { client: '2026-07-28', upstream: '2026-07-28', connect: newAsked },
] as const;

describe.each(pairs)('client $client on upstream $upstream', ({ upstream, connect }) => {
  let client: AskedClient;
  beforeEach(async () => {
    client = await connect(ground.endpoints[upstream]);
  });
  afterEach(async () => {
    await client?.close();
  });

  it('is asked for a model, a page, roots and forms, at once and one after the other', async () => {
    expect(await calledText(client, 'test_sampling', { prompt: 'Capital?' })).toBe('LLM response: Paris');
    expect(await calledText(client, 'test_url_elicitation')).toBe('Visit: action=accept');
    expect(await calledText(client, 'test_list_roots')).toContain('file:///lent');
    expect(await calledText(client, 'test_input_required_result_multiple_inputs')).toBe('Paris Ada');
    expect(await calledText(client, 'test_input_required_result_multi_round')).toBe('Ada likes blue');
  });

  it('gets structured content, marks of the upstream and mirrored arguments as they are', async () => {
    expect(await client.call('test_structured_content', { city: 'Bern' })).toMatchObject({
      structuredContent: { city: 'Bern', degrees: 21.5 },
      content: [{ type: 'text' }, { type: 'resource_link', uri: 'test://static-text' }],
      _meta: { 'com.example/unit': 'celsius' },
    });
    expect(await calledText(client, 'test_header_region', { region: 'Zürich – é' })).toBe(
      'region=Zürich – é',
    );
  });

  it('sees an app with its page and where it may be shown', async () => {
    expect(await client.toolMeta('test_app_panel')).toEqual({
      ui: { resourceUri: 'ui://suite/panel.html', visibility: ['model', 'app'] },
    });
    expect(await client.read('ui://suite/panel.html')).toContain('A panel of the suite');
  });

  it('completes the argument of a template', async () => {
    expect(await client.complete('test://template/{id}/data', 'id', 'par')).toEqual([
      'paris',
      'park',
      'party',
    ]);
  });

  it('hears of an updated resource and of changed tools', async () => {
    const { updated } = await client.untilUpdated('test://watched-resource');
    const { changed } = await client.untilToolsChange();
    let isHeard = false;
    void Promise.all([updated, changed]).then(() => {
      isHeard = true;
    });
    // Until the gateway listens to the upstream itself, what is said there is said to nobody.
    await eventually('both were heard of', async () => {
      await client.call('test_touch_resource');
      await client.call('test_trigger_tool_change');
      return isHeard;
    });
    expect(await updated).toBe('test://watched-resource');
  });

  it('stops waiting when it cancels, and goes on', async () => {
    const abort = new AbortController();
    const waiting = client.call('test_wait', { ms: 30_000 }, abort.signal);
    setTimeout(() => abort.abort(), 200);
    await expect(waiting).rejects.toThrow();
    expect(await calledText(client, 'greet', { name: 'Ada' })).toBe('Hello, Ada!');
  });
});

describe('core tasks of 2025-11-25', () => {
  it('run, ask and end through the gateway; nobody else finds them', async () => {
    const endpoint = ground.endpoints['2025-11-25'];
    const slow = await runTask(endpoint, 'slow_compute', { seconds: 0.3, label: 'sum' });
    expect(slow).toMatchObject({ text: 'computed sum', statusAfter: 'completed' });
    expect(slow.statuses.at(-1)).toBe('completed');
    const asked = await runTask(endpoint, 'confirm_delete', { filename: 'notes.txt' });
    expect(asked.text).toBe('deleted notes.txt');
    expect(asked.statuses).toContain('input_required');
    const stranger = await createEndpointKey(ground.owner, endpoint.endpointId, 'stranger');
    const stolen = getTask({ ...endpoint, key: stranger }, slow.taskId);
    await expect(stolen).rejects.toMatchObject({ data: { code: 'unknown_task' } });
  });
});
