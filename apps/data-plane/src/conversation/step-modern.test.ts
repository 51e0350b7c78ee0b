import { randomBytes } from 'node:crypto';
import { defaultDetection } from '@sallyport/snapshot';
import { createHandleSealer } from '@sallyport/vault';
import { expect, it } from 'vitest';
import type { Piece } from '../inspection/inspector.ts';
import { createTenantInspection } from '../inspection/tenant-inspection.ts';
import type { ExchangeInput, Turn } from '../upstream/turn.ts';
import type { ConverseDeps, Outgoing, Sending } from './outgoing.ts';
import type { ParkInput } from './parking-lot.ts';
import { createRequestStates } from './request-state.ts';
import { stepModern } from './step-modern.ts';

const states = createRequestStates({ sealer: createHandleSealer(randomBytes(32)), nowMs: Date.now });

function setUp(turn: Turn) {
  const seen: ExchangeInput[] = [];
  const parked: ParkInput[] = [];
  const lot = { address: 'here', park: (input: ParkInput) => `p${parked.push(input)}`, drop: () => {} };
  const exchange = async (input: ExchangeInput): Promise<Turn> => {
    seen.push(input);
    return turn;
  };
  const inspector = { inspect: (_call: unknown, { value }: Piece) => ({ kind: 'passed', value }) };
  return { seen, parked, deps: { exchange, states, lot, inspector } as unknown as ConverseDeps };
}

function begun(params: Record<string, unknown> = { name: 'a', arguments: {} }) {
  const abort = new AbortController();
  const call = {
    method: 'tools/call',
    params,
    session: null,
    clientCapabilities: { elicitation: { form: {} } },
    requestState: null,
    inputResponses: null,
    tenant: {
      id: 't',
      settings: { responseInspection: 'block' },
      inspection: createTenantInspection(defaultDetection),
    },
    endpoint: { id: 'e' },
    principal: { key: { id: 'k' } },
    upstream: { server: { id: 's' } },
    findings: [],
  } as unknown as Outgoing;
  const sending = { abort, signal: abort.signal, method: 'tools/call' } as unknown as Sending;
  return { abort, call, sending };
}

it('hands the answer on, cut by the signal of its call', async () => {
  const reply: Turn = { kind: 'result', result: { content: [] } };
  const { deps, seen, parked } = setUp(reply);
  const { call, sending, abort } = begun();
  expect(await stepModern(deps, call, sending, () => undefined)).toBe(reply);
  expect(seen).toMatchObject([{ input: null, scope: { kind: 'principal', key: 'k' } }]);
  expect([seen[0]?.signal === abort.signal, parked.length]).toEqual([true, 0]);
});

it('parks an exchange with the controller behind its signal, so that its end ends the exchange', async () => {
  const exchange = { answer: () => Promise.reject(new Error('not asked')), abort: () => {} };
  const params = { message: 'Name?', requestedSchema: { type: 'object', properties: {} } };
  const requests = { 'r1-1': { method: 'elicitation/create', params } };
  const { deps, seen, parked } = setUp({ kind: 'asks', requests, state: null, parked: exchange });
  const { call, sending, abort } = begun();
  const reply = await stepModern(deps, call, sending, () => undefined);
  expect(reply).toMatchObject({ kind: 'result', result: { resultType: 'input_required' } });
  expect(parked).toMatchObject([{ tenantId: 't', exchange }]);
  expect(parked[0]?.owner).toMatch(/^t\|e\|k\|[0-9a-f]{64}$/);
  expect(parked[0]?.relay.abort).toBe(abort);
  parked[0]?.relay.abort.abort();
  expect(seen[0]?.signal.aborted).toBe(true);
});

it('refuses answers without the state of what was asked', async () => {
  const { deps, seen } = setUp({ kind: 'result', result: {} });
  const { call, sending } = begun();
  const retry = { ...call, inputResponses: { a: {} } } as Outgoing;
  const reply = await stepModern(deps, retry, sending, () => undefined);
  expect(reply).toMatchObject({ kind: 'stop', code: 'stale_request_state' });
  expect(seen).toEqual([]);
});
