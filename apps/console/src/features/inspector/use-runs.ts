import { useQueryClient } from '@tanstack/react-query';
import { useReducer, useRef } from 'react';
import { invalidateTouching } from '../../lib/query.ts';
import type { Json } from './json-value.ts';
import { type Run, reduceRuns } from './run-state.ts';
import { type InspectorMethod, type Outgoing, sendMessage, type Target } from './send-message.ts';

export interface Request {
  readonly target: Target;
  readonly method: InspectorMethod;
  readonly name: string;
  readonly params: Json;
  readonly inputSchema?: Json | undefined;
}

let lastId = 0;

/** The runs of this page, newest first; they live as long as it does. */
export function useRuns() {
  const client = useQueryClient();
  const [runs, tell] = useReducer(reduceRuns, []);
  const aborts = useRef(new Map<number, AbortController>());

  async function send(runId: number, outgoing: Outgoing): Promise<void> {
    const abort = new AbortController();
    aborts.current.set(runId, abort);
    const { method, params } = outgoing;
    const out = { jsonrpc: '2.0', id: outgoing.id, method, params };
    tell({ kind: 'sent', id: runId, at: Date.now(), value: out });
    try {
      const exchanged = await sendMessage(outgoing, {
        signal: abort.signal,
        onMessage: (value) => tell({ kind: 'heard', id: runId, at: Date.now(), value }),
      });
      tell({ kind: 'answered', id: runId, at: Date.now(), ...exchanged });
    } catch (fault) {
      tell({ kind: 'failed', id: runId, at: Date.now(), fault });
    } finally {
      aborts.current.delete(runId);
      void invalidateTouching(client, ['call']);
    }
  }

  return {
    runs,
    start(request: Request): number {
      lastId += 1;
      const { target, method, name, params, inputSchema } = request;
      const outgoing = { ...target, id: lastId, method, params, ...(inputSchema ? { inputSchema } : {}) };
      tell({ kind: 'started', run: newRun(lastId, name, outgoing) });
      void send(lastId, outgoing);
      return lastId;
    },
    /** Sends the same call again with what the server asked for. */
    answer(run: Run, inputResponses: Json): void {
      lastId += 1;
      const state = run.requestState === null ? {} : { requestState: run.requestState };
      const params = { ...run.outgoing.params, inputResponses, ...state };
      void send(run.id, { ...run.outgoing, id: lastId, params });
    },
    /** Closes the response, which is how the newest revision cancels. */
    cancel(run: Run): void {
      tell({ kind: 'cancelled', id: run.id, at: Date.now() });
      aborts.current.get(run.id)?.abort();
    },
  };
}

function newRun(id: number, name: string, outgoing: Outgoing): Run {
  return {
    id,
    method: outgoing.method,
    name,
    outgoing,
    startedAt: Date.now(),
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
}
