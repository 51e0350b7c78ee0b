import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSseParser, type SseEvent, sseLimits, writeSseEvent } from './sse.ts';

const encoder = new TextEncoder();
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function parseAll(chunks: readonly Uint8Array[], limits = sseLimits) {
  const parser = createSseParser(decode, limits);
  const events: SseEvent[] = [];
  let exceeded: string | undefined;
  for (const chunk of chunks) {
    const step = parser.push(chunk);
    events.push(...step.events);
    exceeded = step.exceeded;
  }
  return { events, exceeded };
}

describe('createSseParser', () => {
  it('reads fields, comments, all three line ends and a BOM', () => {
    const text =
      '\uFEFFid: 7\nevent: e\r\ndata: a\rdata:b\n: hello\nretry: 20\n\n\ndata\n\nid: x\n\ndata: cut';
    expect(parseAll([encoder.encode(text)]).events).toEqual([
      { event: 'e', data: 'a\nb', id: '7', retryMs: 20 },
      { event: 'message', data: '', id: undefined, retryMs: undefined },
    ]);
  });

  it('gives the same events however the bytes are split', () => {
    const line = fc.stringMatching(/^(data|event|id|retry|:|x)?:? ?[a-zé😀0-9]{0,8}$/u);
    const end = fc.constantFrom('\n', '\r', '\r\n', '\n\n', '\r\n\r\n');
    const stream = fc.array(fc.tuple(line, end)).map((parts) => parts.flat().join(''));
    fc.assert(
      fc.property(stream, fc.array(fc.nat(400)), (text, cuts) => {
        const bytes = encoder.encode(text);
        const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
        const chunks: Uint8Array[] = [];
        let from = 0;
        for (const place of [...places, bytes.length]) {
          chunks.push(bytes.subarray(from, place));
          from = place;
        }
        expect(parseAll(chunks)).toEqual(parseAll([bytes]));
        expect(parseAll([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(parseAll([bytes]));
      }),
    );
  });

  it('drops a byte order mark at the start of the stream and nowhere else', () => {
    const text = '\uFEFFdata: a\n\uFEFF\n\uFEFFdata: b\ndata: c\n\n';
    expect(parseAll([encoder.encode(text)]).events.map((event) => event.data)).toEqual(['a\nc']);
  });

  it('stops at each limit and takes nothing more', () => {
    const small = { maxLineBytes: 20, maxEventBytes: 30, maxTotalBytes: 100, maxEvents: 2 };
    const run = (text: string) =>
      parseAll([encoder.encode(text), encoder.encode('\n\ndata: late\n\n')], small);
    expect(run('data: 45678901234567890')).toEqual({ events: [], exceeded: 'maxLineBytes' });
    expect(run('data: 56789012345\n'.repeat(3)).exceeded).toBe('maxEventBytes');
    expect(run(': 345678\n\n'.repeat(12)).exceeded).toBe('maxTotalBytes');
    expect(run('data: a\n\n'.repeat(3)).exceeded).toBe('maxEvents');
  });

  it('takes a long line dripping byte by byte in linear time', () => {
    const parser = createSseParser(decode);
    parser.push(encoder.encode('data: '));
    for (let i = 0; i < 300_000; i += 1) parser.push(Uint8Array.of(97));
    expect(parser.push(encoder.encode('\n\n')).events[0]?.data.length).toBe(300_000);
  });
});

describe('writeSseEvent', () => {
  it('writes what the parser reads', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (data) => {
        const text = writeSseEvent({ data, event: 'e', id: '1', retryMs: 3 });
        const [event] = parseAll([encoder.encode(text)]).events;
        expect(event).toEqual({ event: 'e', data: data.replace(/\r\n|\r/g, '\n'), id: '1', retryMs: 3 });
      }),
    );
  });
  it('refuses a line break in a field', () => {
    expect(() => writeSseEvent({ data: 'x', id: '1\ndata: forged' })).toThrow(/line break/);
  });
});
