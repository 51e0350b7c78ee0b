import { randomBytes } from 'node:crypto';
import type { RpcNotification, WireObject } from '@sallyport/mcp';
import { createHandleSealer } from '@sallyport/vault';
import { describe, expect, it } from 'vitest';
import { toModernAsks } from '../conversation/asks-in-era.ts';
import { passNotification } from '../upstream/pass-notification.ts';
import type { Call } from './call.ts';
import { relatedKey, underOurTask } from './related-task.ts';
import { askedTask } from './resolve-task.ts';
import { createTaskHandles } from './task-handles.ts';
import { nameTasks } from './tasks-in-results.ts';

const extensions = { 'io.modelcontextprotocol/tasks': {} };
const minute = 60_000;
const clock = { now: 1_000_000 };
const handles = createTaskHandles({
  sealer: createHandleSealer(randomBytes(32).toString('base64')),
  nowMs: () => clock.now,
});

interface Place {
  readonly tenant: string;
  readonly endpoint: string;
  readonly key: string;
}
const home: Place = { tenant: 't', endpoint: 'e', key: 'k' };
/** As much of a call as naming tasks looks at. */
const callOf = (more: object = {}, { tenant, endpoint, key }: Place = home): Call<'dispatched'> =>
  ({
    era: 'modern',
    version: '2026-07-28',
    method: 'tools/call',
    tenant: { id: tenant },
    endpoint: { id: endpoint },
    principal: { key: { id: key } },
    tool: { tool: { id: 'tool' } },
    clientCapabilities: { extensions, elicitation: { form: {} } },
    request: { method: 'tools/call', params: { name: 'slow' } },
    params: { name: 'up__slow' },
    ...more,
  }) as unknown as Call<'dispatched'>;
const open = (text: string, place: Place = home) => handles.open(callOf({}, place), text);

describe('T43: the id of a task', () => {
  const id = handles.seal(callOf(), 'theirs', 5 * minute);

  it('opens for its caller, and does not show the id of the upstream', () => {
    expect(open(id)).toEqual({ toolId: 'tool', upstreamTaskId: 'theirs' });
    expect(id).not.toContain('theirs');
    expect(Buffer.from(id, 'base64url').toString('latin1')).not.toContain('theirs');
  });

  it.each([
    ['tenant', { ...home, tenant: 't2' }],
    ['endpoint', { ...home, endpoint: 'e2' }],
    ['key', { ...home, key: 'k2' }],
  ])('does not open for another %s', (_what, place) => {
    expect(open(id, place)).toBeUndefined();
  });

  it('does not open altered, cut, empty or too long', () => {
    for (let at = 0; at < id.length; at += 7) {
      const other = id[at] === 'A' ? 'B' : 'A';
      expect(open(id.slice(0, at) + other + id.slice(at + 1))).toBeUndefined();
    }
    for (const text of ['', id.slice(1), `${id}A`, 'theirs', 'x'.repeat(1e6)]) {
      expect(open(text)).toBeUndefined();
    }
  });

  it('is good for as long as the upstream keeps the task, and a day at most', () => {
    const started = clock.now;
    const forever = handles.seal(callOf(), 'theirs', undefined);
    const longer = handles.seal(callOf(), 'theirs', 1e15);
    clock.now = started + 6 * minute - 1;
    expect(open(id)).toBeDefined();
    clock.now += 1;
    expect(open(id)).toBeUndefined();
    clock.now = started + 24 * 60 * minute;
    expect(open(forever)).toBeDefined();
    clock.now += minute;
    expect(open(forever)).toBeUndefined();
    expect(open(longer)).toBeUndefined();
    clock.now = started;
  });
});

const name = (call: Call<'dispatched'>, result: WireObject) => nameTasks(call, result, handles);
const refused = (reason: string) => ({ kind: 'stop', code: 'upstream_protocol', details: { reason } });

describe('a result that begins a task', () => {
  const begun = { resultType: 'task', taskId: 'theirs', status: 'working', ttlMs: minute };

  it('names it by our id', () => {
    const named = name(callOf(), begun) as WireObject;
    expect(named).toMatchObject({ resultType: 'task', status: 'working' });
    expect(open(String(named.taskId))?.upstreamTaskId).toBe('theirs');
  });

  it.each([
    ['whose client does not know the extension', { clientCapabilities: {} }],
    ['of the other era', { era: 'legacy', version: '2025-11-25' }],
    ['of another method', { method: 'prompts/get' }],
  ])('is refused for a call %s', (_what, more) => {
    expect(name(callOf(more), begun)).toMatchObject(refused('unasked_task'));
  });

  it.each([[''], [7], [undefined], ['x'.repeat(513)]])('is refused with the id %s', (taskId) => {
    expect(name(callOf(), { ...begun, taskId })).toMatchObject(refused('task_id'));
  });

  it('in the core of 2025-11-25 counts only where a task was asked for', () => {
    const result = { task: { taskId: 'theirs', status: 'working', ttl: minute } };
    const legacy = { era: 'legacy', version: '2025-11-25' };
    const asked = { ...legacy, request: { method: 'tools/call', params: { name: 'slow', task: {} } } };
    const named = name(callOf(asked), result) as { task: WireObject };
    expect(open(String(named.task.taskId))?.upstreamTaskId).toBe('theirs');
    expect(name(callOf(legacy), result)).toBe(result);
  });
});

describe('a result about a task', () => {
  const about = (method: string, more: object = {}): Call<'dispatched'> =>
    callOf({
      method,
      params: { taskId: 'ours' },
      request: { method, params: { taskId: 'theirs' } },
      ...more,
    });

  it('speaks of it by our id', () => {
    const meta = { 'io.modelcontextprotocol/related-task': { taskId: 'theirs' } };
    const result = {
      taskId: 'theirs',
      status: 'completed',
      result: { content: [], _meta: { 'sallyport/error': { code: 'denied' }, 'vendor/k': 1 } },
      _meta: meta,
    };
    const named = name(about('tasks/get'), result);
    expect(named).toMatchObject({
      taskId: 'ours',
      _meta: { 'io.modelcontextprotocol/related-task': { taskId: 'ours' } },
    });
    expect(JSON.stringify(named)).not.toContain('theirs');
    expect(JSON.stringify(named)).not.toContain('sallyport/error');
    expect(JSON.stringify(named)).toContain('vendor/k');
  });

  it('is refused when it is about another', () => {
    expect(name(about('tasks/get'), { taskId: 'somebody', status: 'working' })).toMatchObject(
      refused('other_task'),
    );
  });

  it('asks for nothing that the client did not offer', () => {
    const ask = (inputRequests: unknown) => ({ taskId: 'theirs', status: 'input_required', inputRequests });
    const elicit = { method: 'elicitation/create', params: { message: 'who?', requestedSchema: {} } };
    expect(name(about('tasks/get'), ask({ a: elicit }))).toMatchObject({ taskId: 'ours' });
    for (const undeclared of [{ method: 'sampling/createMessage', params: {} }, { method: 'roots/list' }]) {
      expect(name(about('tasks/get'), ask({ a: elicit, b: undeclared }))).toMatchObject(
        refused('undeclared_capability'),
      );
    }
    for (const unreadable of [[elicit], 'x', { a: 'x' }, { a: {} }]) {
      expect(name(about('tasks/get'), ask(unreadable))).toMatchObject(refused('input_requests'));
    }
  });
});

describe('what is said on the way of a task', () => {
  const call = callOf({
    request: { method: 'tasks/result', params: { taskId: 'theirs' } },
    params: { taskId: 'ours' },
  });
  const related = (taskId: string) => ({ message: 'hi', _meta: { [relatedKey]: { taskId }, 'vendor/k': 1 } });

  it('names it by our id, and no other task at all', () => {
    expect(underOurTask(call, related('theirs'))).toEqual(related('ours'));
    expect(underOurTask(call, related('another'))).toEqual({ message: 'hi', _meta: { 'vendor/k': 1 } });
    expect(underOurTask(callOf(), related('theirs'))).toEqual({ message: 'hi', _meta: { 'vendor/k': 1 } });
    expect(underOurTask(call, { taskId: 'theirs', status: 'working' })).toEqual({
      taskId: 'ours',
      status: 'working',
    });
    expect(underOurTask(call, undefined)).toBeUndefined();
    expect(
      JSON.stringify(toModernAsks({ a: { method: 'elicitation/create', params: related('theirs') } })),
    ).not.toContain('theirs');
  });

  it('is how it stands, and of no other task', () => {
    const heard: string[] = [];
    const input = {
      wantsProgress: false,
      logLevel: null,
      params: { taskId: 'theirs' },
      onNotification: ({ params }: RpcNotification) => void heard.push(String(params?.taskId)),
    };
    const told = (params: WireObject): void =>
      void passNotification(input, 1, { kind: 'notification', method: 'notifications/tasks/status', params });
    for (const taskId of ['theirs', 'another', undefined]) told({ taskId, status: 'working' });
    void passNotification({ ...input, params: {} }, 1, {
      kind: 'notification',
      method: 'notifications/tasks/status',
      params: { status: 'working' },
    });
    expect(heard).toEqual(['theirs']);
  });
});

describe('the wish for a task', () => {
  const wish = (task: unknown, more: object = {}) =>
    askedTask(callOf({ era: 'legacy', version: '2025-11-25', params: { name: 'a', task }, ...more }));

  it('goes upstream cleaned, in its own revision alone', () => {
    expect(wish({ ttl: 5, more: 'x' })).toEqual({ ttl: 5 });
    expect(wish({ ttl: -1 })).toEqual({});
    expect(wish(undefined)).toBeUndefined();
    expect(wish({}, { version: '2025-06-18' })).toBeUndefined();
    expect(wish({}, { era: 'modern', version: '2026-07-28' })).toBeUndefined();
    expect(wish('yes')).toMatchObject({ kind: 'stop', code: 'malformed' });
  });
});
