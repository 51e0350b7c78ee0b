import { describe, expect, it } from 'vitest';
import { progressOf, type Run, type RunEvent, reduceRuns, refusalOf } from './run-state.ts';

const fresh: Run = {
  id: 1,
  method: 'tools/call',
  name: 't',
  outgoing: { id: 1, endpointId: 'e', agentId: 'a', method: 'tools/call', params: {} },
  startedAt: 0,
  endedAt: null,
  state: 'running',
  messages: [],
  reply: null,
  asks: [],
  requestState: null,
  fault: null,
  keyId: null,
  sentAtMs: null,
};
const after = (...events: RunEvent[]): Run => {
  const [run] = events.reduce(reduceRuns, [fresh]);
  if (!run) throw new Error('no run');
  return run;
};
const answered = (result: Record<string, unknown>): RunEvent => ({
  kind: 'answered',
  id: 1,
  at: 9,
  reply: { kind: 'result', result },
  keyId: 'key_1',
  sentAtMs: 5,
});
const asking = answered({
  resultType: 'input_required',
  requestState: 'sealed',
  inputRequests: { q1: { method: 'elicitation/create', params: { message: 'Who?' } }, bad: 7 },
});

describe('reduceRuns', () => {
  it('ends with the answer', () => {
    expect(after(answered({ content: [] }))).toMatchObject({ state: 'done', endedAt: 9, keyId: 'key_1' });
  });

  it('waits for a person when the server asks, and keeps what it must give back', () => {
    expect(after(asking)).toMatchObject({
      state: 'asks',
      requestState: 'sealed',
      asks: [{ key: 'q1', method: 'elicitation/create', params: { message: 'Who?' } }],
    });
  });

  it('runs on when the answers are sent', () => {
    const sent: RunEvent = { kind: 'sent', id: 1, at: 10, value: { method: 'tools/call' } };
    expect(after(asking, sent)).toMatchObject({ state: 'running', asks: [], reply: null });
  });

  it('stays cancelled whatever arrives afterwards', () => {
    const cancelled: RunEvent = { kind: 'cancelled', id: 1, at: 2 };
    expect(after(cancelled, answered({})).state).toBe('cancelled');
    expect(after(cancelled, { kind: 'failed', id: 1, at: 3, fault: 'x' }).state).toBe('cancelled');
  });

  it('leaves other runs alone', () => {
    expect(reduceRuns([fresh], { kind: 'cancelled', id: 7, at: 1 })).toEqual([fresh]);
  });
});

describe('progressOf', () => {
  it('tells the newest progress', () => {
    const heard = (progress: number): RunEvent => ({
      kind: 'heard',
      id: 1,
      at: 1,
      value: { method: 'notifications/progress', params: { progress, total: 4, message: 'half' } },
    });
    expect(progressOf(after(heard(1), heard(2)))).toEqual({ done: 2, total: 4, text: 'half' });
    expect(progressOf(fresh)).toBeNull();
  });
});

describe('refusalOf', () => {
  it('finds the code of a refusal in both places where it stands', () => {
    expect(refusalOf({ kind: 'error', error: { message: 'no', data: { code: 'denied' } } })).toEqual({
      code: 'denied',
      text: 'no',
    });
    const result = {
      isError: true,
      content: [{ text: 'no' }],
      _meta: { 'sallyport/error': { code: 'denied' } },
    };
    expect(refusalOf({ kind: 'result', result })).toEqual({ code: 'denied', text: 'no' });
    expect(refusalOf({ kind: 'result', result: { content: [] } })).toBeNull();
  });
});
