import { randomBytes, randomUUID } from 'node:crypto';
import type { OutcomeFrame } from '@sallyport/ledger';
import { waitUntil } from '@sallyport/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LegacyClient, openLegacy } from './__fixtures__/legacy-session.ts';
import { openStream } from './__fixtures__/open-stream.ts';
import { sha256, type TestTenant } from './__fixtures__/test-tenant.ts';
import { codeOf, modernRequest, type Seen, send } from './__fixtures__/test-worker.ts';
import { type Ground, startGround } from './__fixtures__/two-workers.ts';

/** Tasks of both eras, each against the fixture of its era, every request on another worker than the one before. */
let ground: Ground;
let turn = 0;

beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground?.close());

const next = (): string => {
  turn += 1;
  return ground.workers[turn % 2 === 0 ? 0 : 1].url;
};
/** How the fixtures name their tasks. */
const foreignId = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}|\b[0-9a-f]{32}\b/;
const declared = {
  'io.modelcontextprotocol/clientCapabilities': {
    elicitation: { form: {} },
    extensions: { 'io.modelcontextprotocol/tasks': {} },
  },
};
const accept = (content: object) => ({ action: 'accept', content });
type Caller = Pick<TestTenant, 'slug' | 'key'>;

async function ask(method: string, params: Record<string, unknown>, caller: Caller = ground.acme) {
  const seen = await send(next(), modernRequest(caller, method, { ...params, _meta: declared }));
  return { ...seen, result: seen.json?.result, code: codeOf(seen) };
}
async function begin(name: string, args: object = {}, caller?: Caller): Promise<string> {
  const { result, text } = await ask('tools/call', { name, arguments: args }, caller);
  expect(result?.resultType, text).toBe('task');
  return result.taskId;
}
/** Asks until the task is where it should be; no answer on the way shows how the upstream names it. */
async function until(status: string, look: () => Promise<Seen>): Promise<Seen['json']['result']> {
  let last: Seen['json'];
  await waitUntil(`a task that is ${status}`, 10_000, async () => {
    const seen = await look();
    expect(seen.text).not.toMatch(foreignId);
    last = seen.json?.result;
    if (last?.status !== status) throw new Error(seen.text);
  });
  return last;
}
const get = (taskId: string, caller?: Caller) => ask('tasks/get', { taskId }, caller);

/** Another key of the same agent. */
function strangerOf(tenant: TestTenant): Caller {
  const key = `sp_${randomBytes(32).toString('base64url')}`;
  ground.publish(tenant, ({ keys }) => ({
    keys: [
      ...keys,
      ...keys.slice(0, 1).map((one) => ({ ...one, id: randomUUID() as typeof one.id, hash: sha256(key) })),
    ],
  }));
  return { slug: tenant.slug, key };
}
const framesOf = (method: string) =>
  ground.workers
    .flatMap((worker) => worker.frames())
    .filter((frame) => 'method' in frame && frame.method === method);

describe('tasks of the extension, 2026-07-28 on 2026-07-28', () => {
  it('begin, are asked about on any worker, and end with their result', async () => {
    const taskId = await begin('new__slow_compute', { seconds: 0.3, label: 'sum' });
    expect(taskId).not.toMatch(foreignId);
    const done = await until('completed', () => get(taskId));
    expect(done).toMatchObject({
      taskId,
      resultType: 'complete',
      result: { content: [{ text: 'computed sum' }] },
    });
    const failed = await begin('new__protocol_error_job');
    expect(await until('failed', () => get(failed))).toMatchObject({ error: { code: -32_603 } });
  });

  it('ask for input, and go on with it', async () => {
    const taskId = await begin('new__multi_input');
    const asking = await until('input_required', () => get(taskId));
    expect(Object.keys(asking.inputRequests).sort()).toEqual(['first', 'second']);
    const first = await ask('tasks/update', { taskId, inputResponses: { first: accept({ name: 'Ada' }) } });
    expect(first.result, first.text).toMatchObject({ resultType: 'complete' });
    await ask('tasks/update', { taskId, inputResponses: { second: accept({ name: 'Lovelace' }) } });
    const done = await until('completed', () => get(taskId));
    expect(done.result.content[0].text).toBe('Ada Lovelace');
  });

  it('are cancelled', async () => {
    const taskId = await begin('new__slow_compute', { seconds: 60 });
    expect((await ask('tasks/cancel', { taskId })).result).toMatchObject({ resultType: 'complete' });
    await until('cancelled', () => get(taskId));
  });

  it('T43: are not there for another key, another tenant, or under the name their upstream has for them', async () => {
    const taskId = await begin('new__slow_compute', { seconds: 60 });
    for (const caller of [strangerOf(ground.acme), ground.other]) {
      for (const [method, more] of [
        ['tasks/get', {}],
        ['tasks/update', { inputResponses: {} }],
        ['tasks/cancel', {}],
      ] as const) {
        expect((await ask(method, { taskId, ...more }, caller)).code).toBe('unknown_task');
      }
    }
    expect((await get(randomUUID())).code).toBe('unknown_task');
    expect((await get(taskId)).result.status).toBe('working');
    await ask('tasks/cancel', { taskId });
  });

  it('need the extension in each request, and the id in the header as in the body', async () => {
    const taskId = await begin('new__slow_compute', { seconds: 60 });
    const bare = await send(next(), modernRequest(ground.acme, 'tasks/get', { taskId }));
    expect(bare.status).toBe(400);
    expect(bare.json.error).toMatchObject({
      code: -32_021,
      data: { requiredCapabilities: { extensions: { 'io.modelcontextprotocol/tasks': {} } } },
    });
    for (const name of [undefined, 'another']) {
      const change = { headers: { 'mcp-name': name } };
      const seen = await send(
        next(),
        modernRequest(ground.acme, 'tasks/get', { taskId, _meta: declared }, change),
      );
      expect([seen.status, seen.json.error.code]).toEqual([400, -32_020]);
    }
    expect((await ask('tasks/list', {})).status).toBe(404);
    expect((await ask('tasks/result', { taskId })).status).toBe(404);
    await ask('tasks/cancel', { taskId });
  });

  it('leave a receipt of each question, which names the tool', async () => {
    const taskId = await begin('new__confirm_delete', { filename: 'notes.txt' });
    await until('input_required', () => get(taskId));
    const known = new Set(framesOf('tasks/update').map((frame) => JSON.stringify(frame)));
    await ask('tasks/update', { taskId, inputResponses: { confirm: accept({ confirm: true }) } });
    const frames = framesOf('tasks/update').filter((frame) => !known.has(JSON.stringify(frame)));
    expect(frames.map(({ kind }) => kind)).toEqual(['intent', 'outcome']);
    expect(frames[1]).toMatchObject({ toolName: 'new__confirm_delete', outcome: 'ok', billable: false });
    await until('completed', () => get(taskId));
  });

  it('are looked at in both directions like a call', async () => {
    const taskId = await begin('new__confirm_delete', { filename: 'notes.txt' });
    await until('input_required', () => get(taskId));
    const secret = accept({ confirm: true, note: `AKIA${'Q7ZT4WXN2PLM9K3V'}` });
    const seen = await ask('tasks/update', { taskId, inputResponses: { confirm: secret } });
    expect(seen.code).toBe('blocked_request');
    await ask('tasks/cancel', { taskId });
  });

  it('are gone with their tool: hidden, forbidden or taken back', async () => {
    const taskId = await begin('new__slow_compute', { seconds: 60 });
    const tool = ground.acme.snapshot().tools.find(({ exposedName }) => exposedName === 'new__slow_compute');
    const { endpoints, policies } = ground.acme.snapshot();
    const item = { toolId: tool?.id, name: null, description: null, hidden: true };
    ground.publish(ground.acme, () => ({
      endpoints: endpoints.map((one) => ({ ...one, items: [item] as unknown as typeof one.items })),
    }));
    expect((await get(taskId)).code).toBe('unknown_task');
    const text = 'forbid(principal, action, resource == Tool::"new__slow_compute");';
    const forbid = policies.slice(0, 1).map((one) => ({ ...one, id: randomUUID() as typeof one.id, text }));
    ground.publish(ground.acme, () => ({ endpoints, policies: [...policies, ...forbid] }));
    expect((await get(taskId)).code).toBe('denied');
    ground.publish(ground.acme, () => ({ policies }));
    expect((await get(taskId)).result.status).toBe('working');
    await ask('tasks/cancel', { taskId });
  });
});

it('a subscription names no tasks: how one stands is asked', async () => {
  const params = { notifications: { toolsListChanged: true, taskIds: ['any'] }, _meta: declared };
  const stream = await openStream(next(), modernRequest(ground.acme, 'subscriptions/listen', params));
  await waitUntil('the acknowledgement', 10_000, async () => {
    if (stream.messages().length === 0) throw new Error(stream.text());
  });
  expect(stream.messages()[0].params.notifications).toEqual({ toolsListChanged: true });
  stream.close();
});

describe('core tasks, 2025-11-25 on 2025-11-25', () => {
  const connect = (tenant = ground.acme): Promise<LegacyClient> =>
    openLegacy(next(), tenant, '2025-11-25', { elicitation: { form: {} } });
  const post = (client: LegacyClient, method: string, params: object, id = 2): Promise<Seen> =>
    send(next(), client.raw(JSON.stringify({ jsonrpc: '2.0', id, method, params })));
  const start = async (client: LegacyClient, name: string, args: object): Promise<string> => {
    const seen = await post(client, 'tools/call', { name, arguments: args, task: { ttl: 60_000 } });
    expect(seen.json?.result?.task, seen.text).toMatchObject({ ttl: 60_000 });
    expect(seen.text).not.toMatch(foreignId);
    return seen.json.result.task.taskId;
  };

  it('begin, are asked about, and give their result', async () => {
    const client = await connect();
    const taskId = await start(client, 'old__slow_compute', { seconds: 0.3, label: 'sum' });
    const done = await until('completed', () => post(client, 'tasks/get', { taskId }));
    expect(done.taskId).toBe(taskId);
    const seen = await post(client, 'tasks/result', { taskId });
    expect(seen.json.result).toMatchObject({
      content: [{ text: 'computed sum' }],
      _meta: { 'io.modelcontextprotocol/related-task': { taskId } },
    });
    expect(seen.text).not.toMatch(foreignId);
    expect((framesOf('tasks/result') as OutcomeFrame[]).map(({ toolName }) => toolName)).toContain(
      'old__slow_compute',
    );
  });

  it('ask on the stream of tasks/result, whichever worker takes the answer', async () => {
    const client = await connect();
    const taskId = await start(client, 'old__confirm_delete', { filename: 'notes.txt' });
    await until('input_required', () => post(client, 'tasks/get', { taskId }));
    const result = { jsonrpc: '2.0', id: 9, method: 'tasks/result', params: { taskId } };
    const stream = await openStream(next(), client.raw(JSON.stringify(result)));
    await waitUntil('the question', 10_000, async () => {
      if (!stream.messages().some(({ method }) => method === 'elicitation/create'))
        throw new Error(stream.text());
    });
    const question = stream.messages().find(({ method }) => method === 'elicitation/create');
    expect(question.params.message).toBe('Delete notes.txt?');
    expect(question.params._meta['io.modelcontextprotocol/related-task']).toEqual({ taskId });
    const answer = { jsonrpc: '2.0', id: question.id, result: accept({ confirm: true }) };
    expect((await send(next(), client.raw(JSON.stringify(answer)))).status).toBe(202);
    await waitUntil('the result', 10_000, async () => {
      if (!stream.messages().some(({ id }) => id === 9)) throw new Error(stream.text());
    });
    expect(stream.messages().at(-1).result.content[0].text).toBe('deleted notes.txt');
    expect(stream.text()).not.toMatch(foreignId);
    stream.close();
  });

  it('are cancelled, and are not there for another key or another tenant', async () => {
    const client = await connect();
    const taskId = await start(client, 'old__slow_compute', { seconds: 60 });
    for (const caller of [{ ...ground.acme, ...strangerOf(ground.acme) }, ground.other]) {
      const stranger = await connect(caller);
      for (const method of ['tasks/get', 'tasks/result', 'tasks/cancel']) {
        expect(codeOf(await post(stranger, method, { taskId }))).toBe('unknown_task');
      }
    }
    const seen = await post(client, 'tasks/cancel', { taskId });
    expect(seen.json?.result, seen.text).toMatchObject({ taskId, status: 'cancelled' });
    expect(codeOf(await post(client, 'tasks/list', {}))).toBe('unknown_method');
  });
});

describe('a client of one era and a server of the other', () => {
  const computed = { content: [{ type: 'text', text: 'computed sum' }] };
  const args = { seconds: 0.1, label: 'sum' };

  it('speak of no task: the tool is called and answers', async () => {
    const modern = await ask('tools/call', { name: 'old__slow_compute', arguments: args });
    expect(modern.result, modern.text).toMatchObject({ resultType: 'complete', ...computed });
    const client = await openLegacy(next(), ground.acme);
    const legacy = await client.request('tools/call', {
      name: 'new__slow_compute',
      arguments: args,
      task: { ttl: 60_000 },
    });
    expect(legacy.json?.result, legacy.text).toMatchObject(computed);
    expect(legacy.json.result.task).toBeUndefined();
  });
});
