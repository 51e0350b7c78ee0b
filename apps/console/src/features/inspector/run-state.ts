import { asObject, asText, type Json, objectsOf } from './json-value.ts';
import type { InspectorMethod, Outgoing, Reply } from './send-message.ts';

/** One message of the exchange as it went over the wire, by and large. */
export interface RunMessage {
  readonly direction: 'out' | 'in';
  readonly at: number;
  readonly value: Json;
}

/** Something the server wants to know before it goes on. */
export interface Ask {
  readonly key: string;
  readonly method: string;
  readonly params: Json;
}

export interface Run {
  readonly id: number;
  readonly method: InspectorMethod;
  /** Tool or prompt name, or URI. */
  readonly name: string;
  readonly outgoing: Outgoing;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly state: 'running' | 'asks' | 'done' | 'failed' | 'cancelled';
  readonly messages: readonly RunMessage[];
  readonly reply: Reply | null;
  readonly asks: readonly Ask[];
  readonly requestState: string | null;
  readonly fault: unknown;
  readonly keyId: string | null;
  readonly sentAtMs: number | null;
}

export type RunEvent =
  | { readonly kind: 'started'; readonly run: Run }
  | { readonly kind: 'sent'; readonly id: number; readonly at: number; readonly value: Json }
  | { readonly kind: 'heard'; readonly id: number; readonly at: number; readonly value: Json }
  | {
      readonly kind: 'answered';
      readonly id: number;
      readonly at: number;
      readonly reply: Reply | null;
      readonly keyId: string | null;
      readonly sentAtMs: number;
    }
  | { readonly kind: 'failed'; readonly id: number; readonly at: number; readonly fault: unknown }
  | { readonly kind: 'cancelled'; readonly id: number; readonly at: number };

const maxRuns = 50;
const maxMessages = 500;

/** What happened, newest run first. */
export function reduceRuns(runs: readonly Run[], event: RunEvent): readonly Run[] {
  if (event.kind === 'started') return [event.run, ...runs].slice(0, maxRuns);
  return runs.map((run) => (run.id === event.id ? next(run, event) : run));
}

function next(run: Run, event: Exclude<RunEvent, { kind: 'started' }>): Run {
  switch (event.kind) {
    case 'sent':
      return { ...noted(run, 'out', event), state: 'running', asks: [], reply: null, endedAt: null };
    case 'heard':
      return noted(run, 'in', event);
    case 'answered':
      return answered(run, event);
    case 'failed':
      return run.state === 'cancelled'
        ? run
        : { ...run, state: 'failed', fault: event.fault, endedAt: event.at };
    case 'cancelled':
      return { ...run, state: 'cancelled', asks: [], endedAt: event.at };
  }
}

function noted(
  run: Run,
  direction: RunMessage['direction'],
  { at, value }: { at: number; value: Json },
): Run {
  return { ...run, messages: [...run.messages, { direction, at, value }].slice(-maxMessages) };
}

function answered(run: Run, event: Extract<RunEvent, { kind: 'answered' }>): Run {
  if (run.state === 'cancelled') return run;
  const { reply, keyId, sentAtMs } = event;
  const ended = { ...run, reply, keyId, sentAtMs, endedAt: event.at };
  const asks = reply?.kind === 'result' ? asksOf(reply.result) : [];
  const isAsking = reply?.kind === 'result' && reply.result.resultType === 'input_required';
  if (!isAsking) return { ...ended, state: 'done', asks: [] };
  return { ...ended, state: 'asks', asks, requestState: asText(reply.result.requestState) };
}

function asksOf(result: Json): readonly Ask[] {
  return Object.entries(asObject(result.inputRequests) ?? {}).flatMap(([key, value]) => {
    const request = asObject(value);
    const method = asText(request?.method);
    return method === null ? [] : [{ key, method, params: asObject(request?.params) ?? {} }];
  });
}

/** The newest progress the server told of. */
export function progressOf(
  run: Run,
): { readonly done: number; readonly total: number | null; readonly text: string | null } | null {
  const last = run.messages.findLast(({ value }) => value.method === 'notifications/progress');
  const params = asObject(last?.value.params);
  if (params === null || typeof params.progress !== 'number') return null;
  const total = typeof params.total === 'number' && params.total > 0 ? params.total : null;
  return { done: params.progress, total, text: asText(params.message) };
}

/** Why the gateway or the tool said no: Sallyport's own code where there is one, else the words of the reply. */
export function refusalOf(reply: Reply): { readonly code: string | null; readonly text: string } | null {
  if (reply.kind === 'error') {
    const code = asText(asObject(reply.error.data)?.code);
    return { code, text: asText(reply.error.message) ?? '' };
  }
  if (reply.result.isError !== true) return null;
  const own = asObject(asObject(reply.result._meta)?.['sallyport/error']);
  const texts = objectsOf(reply.result.content).map((part) => asText(part.text) ?? '');
  return { code: asText(own?.code), text: texts.join('\n') };
}
