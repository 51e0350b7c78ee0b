import assert from 'node:assert/strict';
import {
  canonicalDefinition,
  createSseParser,
  decodeHeaderText,
  encodeHeaderText,
  findDuplicateKey,
  findHeaderMismatch,
  findJsonFault,
  findParameterMismatch,
  isJsonObject,
  isRequestId,
  matchesUriTemplate,
  maxMethodLength,
  messageLimits,
  mirroredHeaders,
  parseRpcMessage,
  parseUriTemplate,
  type RpcMessage,
  readEnvelope,
  readInitialize,
  readJson,
  type SseEvent,
  splitBatch,
  sseLimits,
  type WireObject,
  writeError,
  writeNotification,
  writeRequest,
  writeResult,
  writeSseEvent,
} from '@sallyport/mcp';
import { depthOf, firstRepeatedKey } from './json-reader.ts';
import { anyJson, anyText, type Dice, mutate } from './random.ts';

/** Makes an input, and says whether the code under test treats it as it must. Throws where it does not. */
export interface FuzzTarget {
  readonly name: string;
  make(dice: Dice): unknown;
  check(input: unknown): void;
}

function target<T>(name: string, make: (dice: Dice) => T, check: (input: T) => void): FuzzTarget {
  return { name, make, check: (input) => check(input as T) };
}

function rpcText(dice: Dice): string {
  const id = dice.oneIn(4) ? anyJson(dice, 1) : dice.int(1_000);
  const rest = dice.oneIn(2)
    ? { method: anyText(dice), params: anyJson(dice) }
    : dice.oneIn(2)
      ? { result: anyJson(dice) }
      : { error: { code: dice.int(9), message: anyText(dice), data: anyJson(dice) } };
  const message = { jsonrpc: '2.0', ...(dice.oneIn(5) ? {} : { id }), ...rest };
  const text = JSON.stringify(dice.oneIn(6) ? anyJson(dice, 6) : message);
  return dice.oneIn(2) ? text : mutate(dice, text);
}

/** The text that our own writers make of a message. */
function written(message: RpcMessage): string {
  if (message.kind === 'request') return writeRequest(message.id, message.method, message.params);
  if (message.kind === 'notification') return writeNotification(message.method, message.params);
  return message.ok ? writeResult(message.id, message.result) : writeError(message.id, message.error);
}

const jsonRpc = target('json-rpc', rpcText, (text) => {
  let value: unknown;
  try {
    value = readJson(text);
  } catch {
    return;
  }
  assert.equal(findDuplicateKey(text), firstRepeatedKey(text), 'both readers see the same repeated key');
  const fault = findJsonFault(value);
  if (depthOf(value) > messageLimits.maxDepth) assert.ok(fault, 'deep nesting is refused');
  const message = parseRpcMessage(value);
  if (!fault && message.kind !== 'invalid') {
    const again = parseRpcMessage(readJson(written(message)));
    assert.equal(JSON.stringify(again), JSON.stringify(message), 'what we write reads back the same');
  }
  if (message.kind === 'request' || message.kind === 'notification') {
    assert.ok(message.method.length > 0 && message.method.length <= maxMethodLength);
    readEnvelope(message.params);
    readInitialize(message.params);
  }
  if (message.kind === 'request') assert.ok(isRequestId(message.id));
  for (const version of ['2025-03-26', '2025-11-25']) {
    const split = splitBatch(value, version);
    if (split.kind === 'batch') assert.ok(split.members.length > 0 && split.members.length <= 32);
  }
  assert.equal(Object.keys(Object.prototype).length, 0, 'the prototype of all objects is as it was');
});

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const decode = (bytes: Uint8Array): string => decoder.decode(bytes);

function readAll(chunks: readonly Uint8Array[]): {
  events: readonly SseEvent[];
  exceeded: string | undefined;
} {
  const parser = createSseParser(decode, { ...sseLimits, maxEvents: 50, maxTotalBytes: 4_096 });
  const events: SseEvent[] = [];
  let exceeded: string | undefined;
  for (const chunk of chunks) {
    const step = parser.push(chunk);
    events.push(...step.events);
    exceeded = step.exceeded;
  }
  return { events, exceeded };
}

interface Stream {
  readonly text: string;
  readonly cuts: readonly number[];
}

function stream(dice: Dice): Stream {
  let text = dice.oneIn(8) ? '\uFEFF' : '';
  for (let left = dice.int(20); left > 0; left -= 1) {
    const field = dice.pick(['data: ', 'data:', 'data', 'event: ', 'id: ', 'retry: ', ': ', 'x: ', '']);
    text += field + (dice.oneIn(4) ? anyText(dice) : String(dice.int(1_000)));
    text += dice.pick(['\n', '\r', '\r\n', '\n\n', '\r\r', '\r\n\r\n', '\n\r\n', '']);
  }
  return { text: text.toWellFormed(), cuts: Array.from({ length: dice.int(12) }, () => dice.int(4_096)) };
}

type Draft = Omit<SseEvent, 'data'>;
const noFields: Draft = { event: 'message', id: undefined, retryMs: undefined };

function withField(draft: Draft, field: string, value: string): Draft {
  if (field === 'event') return { ...draft, event: value === '' ? 'message' : value };
  if (field === 'id' && !value.includes('\0')) return { ...draft, id: value };
  if (field === 'retry' && /^[0-9]{1,9}$/.test(value)) return { ...draft, retryMs: Number(value) };
  return draft;
}

/** The standard's own words, for a whole text: lines, then fields, then blocks ended by an empty line. */
function eventsOfWhole(text: string): readonly SseEvent[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const events: SseEvent[] = [];
  let data: string[] = [];
  let draft = noFields;
  for (const line of lines.slice(0, -1)) {
    const [, field = line, value = ''] = /^([^:]*)(?:: ?(.*))?$/su.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (line !== '') draft = withField(draft, field, value);
    else {
      if (data.length > 0) events.push({ ...draft, data: data.join('\n') });
      data = [];
      draft = noFields;
    }
  }
  return events;
}

const sse = target('sse', stream, ({ text, cuts }) => {
  const bytes = encoder.encode(text);
  const places = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])];
  let from = 0;
  const chunks = places
    .sort((a, b) => a - b)
    .map((place) => {
      const chunk = bytes.subarray(from, place);
      from = place;
      return chunk;
    });
  const whole = readAll([bytes]);
  // Where a limit stops it, a parser that got the bytes in pieces may have given more of them.
  if (whole.exceeded === undefined) {
    assert.deepEqual(readAll(chunks), whole, 'any split gives the same events');
    const endsInCr = text.endsWith('\r');
    const expected = eventsOfWhole(endsInCr ? `${text}\n` : text);
    const seen = whole.events.map(({ event, data, id, retryMs }) => ({ event, id, retryMs, data }));
    assert.deepEqual(
      seen.map((event) => JSON.stringify(event)),
      expected.map(({ event, data, id, retryMs }) => JSON.stringify({ event, id, retryMs, data })),
      'the events are those of the standard',
    );
  }
  const data = text.replaceAll(/\r\n|\r/g, '\n');
  if (data.length < 2_000) {
    const [back] = readAll([encoder.encode(writeSseEvent({ data, event: 'message', id: '7' }))]).events;
    assert.equal(back?.data, data, 'what we write reads back the same');
  }
});

interface Mirrored {
  readonly method: string;
  readonly name: string;
  readonly raw: string;
  readonly args: Record<string, unknown>;
}

const mirrored = (dice: Dice): Mirrored => ({
  method: dice.pick(['tools/call', 'prompts/get', 'resources/read', 'tools/list']),
  name: anyText(dice),
  raw: dice.oneIn(2) ? anyText(dice) : mutate(dice, encodeHeaderText(anyText(dice))),
  args: { [anyText(dice)]: anyJson(dice, 1), where: anyText(dice), count: dice.int(99) },
});

const version = '2026-07-28';
const fieldValue = /^[\x20-\x7e]*$/;

const headers = target('headers', mirrored, ({ method, name, raw, args }) => {
  const coded = encodeHeaderText(name);
  assert.match(coded, fieldValue, 'a field value is plain ASCII');
  if (name !== '') assert.equal(decodeHeaderText(coded), name.toWellFormed(), 'what we write reads back');
  const read = decodeHeaderText(raw);
  if (read !== undefined) assert.ok(read.isWellFormed());
  const params = {
    name,
    uri: name,
    arguments: args,
    _meta: { 'io.modelcontextprotocol/protocolVersion': version },
  };
  const parameters = [
    { headerName: 'Where', path: ['where'] },
    { headerName: 'Count', path: ['count'] },
  ];
  const bag = mirroredHeaders({ version, method, params, parameters });
  for (const value of Object.values(bag)) assert.match(value, fieldValue);
  const message = { kind: 'request', id: 1, method, params } as const;
  if (name !== '' && name.isWellFormed() && String(args.where).isWellFormed() && args.where !== '') {
    assert.equal(findHeaderMismatch(bag, message), undefined, 'our own headers agree with the body');
    assert.equal(findParameterMismatch(bag, parameters, args), undefined);
  }
  const differs = findHeaderMismatch({ ...bag, 'mcp-method': raw }, message);
  if (read !== method) assert.ok(differs, 'a header that says something else is found');
});

interface Template {
  readonly template: string;
  readonly uri: string;
}

function template(dice: Dice): Template {
  let text = dice.pick(['file:///', 'x://', 'https://a.example/', '']);
  let uri = text;
  for (let left = dice.int(5); left > 0; left -= 1) {
    const operator = dice.pick(['', '+', '#', '.', '/', ';', '?', '&']);
    text += dice.oneIn(2)
      ? `{${operator}${dice.pick(['a', 'a,b', 'path', '', 'a*', 'a:3'])}}`
      : anyText(dice);
    uri += dice.oneIn(3)
      ? dice.pick(['/..', '%2e%2e', '/', '?a=1', ';a=1', '#a', '.x', 'a,b'])
      : anyText(dice);
  }
  return { template: text, uri: dice.oneIn(20) ? uri.repeat(50) : uri };
}

const templates = target('uri-templates', template, ({ template: text, uri }) => {
  const parsed = parseUriTemplate(text);
  if (parsed.kind !== 'ok') return;
  if (!matchesUriTemplate(parsed.template, uri)) return;
  const literals = parsed.template.parts.flatMap((part) => (part.kind === 'literal' ? [part.text] : []));
  let at = 0;
  for (const literal of literals) {
    at = uri.indexOf(literal, at);
    assert.ok(at >= 0, 'every literal of the template is in the URI, in order');
    at += literal.length;
  }
  const path = uri.split(/[?#]/, 1)[0] ?? '';
  assert.ok(!/(?:^|[/\\])\.\.(?:[/\\]|$)/.test(path), 'no way up is opened');
});

const definitions = target(
  'definitions',
  (dice) => anyJson(dice, 6),
  (value) => {
    if (!isJsonObject(value) || findJsonFault(value)) return;
    const text = canonicalDefinition(value);
    assert.equal(
      canonicalDefinition(readJson(text) as WireObject),
      text,
      'the canonical form is its own canonical form',
    );
  },
);

export const targets: readonly FuzzTarget[] = [jsonRpc, sse, headers, templates, definitions];
