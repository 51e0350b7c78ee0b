import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKeepAlive } from './keep-alive.ts';
import { createOutStream, type OutStream } from './out-stream.ts';
import { openSseResponse, type SseWriter } from './sse-writer.ts';
import { streamLimits } from './stream-limits.ts';
import { createStreamTable, type StreamFacts } from './stream-table.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) close();
});

/** A response to a client that reads only when it is told to. */
async function startResponse(): Promise<{ writer: SseWriter; res: ServerResponse; reader: IncomingMessage }> {
  const keepAlive = createKeepAlive();
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const arrived = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false });
  request.on('error', () => {});
  const replied = once(request, 'response') as Promise<[IncomingMessage]>;
  const [, res] = await arrived;
  const writer = openSseResponse(res, keepAlive);
  const [reader] = await replied;
  reader.on('error', () => {});
  closing.push(() => {
    keepAlive.stop();
    request.destroy();
    server.close();
  });
  return { writer, res, reader };
}

const piece = `data: ${'x'.repeat(64 * 1024)}\n\n`;

/** Writes until the reader is behind. */
function fill(writer: SseWriter): Promise<void> {
  for (let at = 0; at < 1_000; at += 1) {
    const held = writer.write(piece);
    if (held) return held;
  }
  throw new Error('never behind');
}

describe('a slow reader', () => {
  it('holds back who writes, until it reads again', async () => {
    const { writer, reader } = await startResponse();
    const held = fill(writer);
    reader.resume();
    await held;
    expect(writer.isOpen()).toBe(true);
  });

  it(`is cut after ${streamLimits.slowReaderMs} ms in which it takes nothing`, async () => {
    const { writer, res } = await startResponse();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const held = fill(writer);
    vi.advanceTimersByTime(streamLimits.slowReaderMs - 1);
    expect(res.destroyed).toBe(false);
    vi.advanceTimersByTime(1);
    vi.useRealTimers();
    await held;
    expect(writer.isOpen()).toBe(false);
  });

  it(`is cut once ${streamLimits.maxBehindBytes} bytes wait that nobody holds back`, async () => {
    const { writer } = await startResponse();
    const held = fill(writer);
    for (let at = 0; at < 40; at += 1) void writer.write(piece);
    await held;
    expect(writer.isOpen()).toBe(false);
  });
});

/** A writer that keeps what it is given. */
function notebook() {
  const texts: string[] = [];
  let closed: (() => void) | undefined;
  let isOpen = true;
  const writer: SseWriter = {
    isOpen: () => isOpen,
    write(text) {
      texts.push(text);
      return undefined;
    },
    end(text) {
      if (text !== undefined) texts.push(text);
      isOpen = false;
      closed?.();
    },
    onClose(done) {
      closed = done;
    },
  };
  return { texts, writer };
}

let now = 0;
const streamOn = (writer: SseWriter, more: Partial<Parameters<typeof createOutStream>[0]> = {}): OutStream =>
  createOutStream({
    id: `s${Math.random()}`,
    writer,
    ref: 'ref',
    isPrimed: false,
    nowMs: () => now,
    onConnection: () => {},
    onGone: () => {},
    ...more,
  });

describe('a stream that broke', () => {
  it('goes on where it was left, in order', () => {
    const [first, second] = [notebook(), notebook()];
    const stream = streamOn(first.writer);
    for (const n of [1, 2]) void stream.push(String(n));
    first.writer.end();
    void stream.push('3');
    expect(stream.attach(second.writer, 1)).toBe(true);
    void stream.push('4');
    expect(second.texts.map((text) => /id: ref\.(\d+)/u.exec(text)?.[1])).toEqual(['2', '3', '4']);
  });

  it(`is kept up to ${streamLimits.maxKeptEvents} events; a gap is said`, () => {
    const first = notebook();
    const stream = streamOn(first.writer);
    for (let at = 0; at <= streamLimits.maxKeptEvents; at += 1) void stream.push('x');
    expect(stream.attach(notebook().writer, 1)).toBe(true);
    expect(stream.attach(notebook().writer, 0)).toBe(false);
  });

  it(`is kept up to ${streamLimits.maxKeptBytes} bytes and ${streamLimits.resumeMs} ms`, () => {
    const first = notebook();
    let isGone = false;
    const stream = streamOn(first.writer, {
      onGone: () => {
        isGone = true;
      },
    });
    for (let at = 0; at < 40; at += 1) void stream.push('x'.repeat(64 * 1024));
    expect(stream.keptBytes()).toBeLessThanOrEqual(streamLimits.maxKeptBytes);
    now = 1_000;
    first.writer.end();
    expect(stream.isGone(now + streamLimits.resumeMs)).toBe(false);
    expect(stream.isGone(now + streamLimits.resumeMs + 1)).toBe(true);
    expect([isGone, stream.keptBytes()]).toEqual([true, 0]);
  });

  it('of a revision without resumption is gone with its connection', () => {
    const first = notebook();
    const stream = streamOn(first.writer, { ref: null });
    void stream.push('x');
    expect(first.texts[0]).not.toContain('id:');
    first.writer.end();
    expect(stream.isGone(now)).toBe(true);
  });
});

const facts = (keyId: string, sessionId: string | null = null): StreamFacts => ({
  kind: 'get',
  tenantId: 't',
  endpointId: 'e',
  keyId,
  client: null,
  version: null,
  sessionId,
});

describe('the streams of a worker', () => {
  it('are bounded per key and together; a broken one takes no room, and the oldest broken one goes', () => {
    const table = createStreamTable(() => now);
    closing.push(table.stop);
    const { maxPerKey, maxPerWorker, maxDetached } = streamLimits;
    const add = (keyId: string): OutStream => {
      const stream = streamOn(notebook().writer, { onGone: () => table.remove(stream.id) });
      table.add(stream, facts(keyId));
      return stream;
    };
    const mine = Array.from({ length: maxPerKey }, () => add('mine'));
    expect(table.limitFor('mine')).toEqual({ rule: 'streams_per_key', limit: maxPerKey });
    expect(table.limitFor('yours')).toBeUndefined();
    table.connected(mine[0]?.id ?? '', false);
    expect(table.limitFor('mine')).toBeUndefined();
    expect(table.openStreams('t')).toHaveLength(maxPerKey - 1);
    for (let at = maxPerKey - 1; at < maxPerWorker; at += 1) add(`k${at}`);
    expect(table.limitFor('yours')).toEqual({ rule: 'streams_per_worker', limit: maxPerWorker });
    for (const stream of Array.from({ length: maxDetached }, (_, at) => add(`d${at}`))) {
      table.connected(stream.id, false);
    }
    expect(table.find(mine[0]?.id ?? '')).toBeUndefined();
  });
});
