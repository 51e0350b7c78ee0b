import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readLines } from './read-lines.ts';
import { LineFault, runLines } from './run-lines.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function* chunksOf(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield chunk;
}

const linesOf = async (maxBytes: number, ...chunks: readonly Uint8Array[]): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const batch of readLines(chunksOf(...chunks), maxBytes))
    lines.push(...batch.map((line) => (line.kind === 'line' ? line.text : '(too long)')));
  return lines;
};

describe('readLines', () => {
  it('puts lines together however the bytes are cut', async () => {
    const whole = bytes('{"a":"grün"}\r\n\n  \n{"b":"日本"}');
    const single = Array.from(whole, (byte) => Uint8Array.of(byte));
    expect(await linesOf(100, ...single)).toEqual(['{"a":"grün"}\r', '{"b":"日本"}']);
  });

  it('skips what is longer than the limit and goes on with the next line', async () => {
    expect(await linesOf(5, bytes('123456'), bytes('789\n12345\n'), bytes('123456'))).toEqual([
      '(too long)',
      '12345',
      '(too long)',
    ]);
  });

  it('reads bytes that are no UTF-8 as U+FFFD, and drops the mark of a file', async () => {
    const mark = Uint8Array.of(0xef, 0xbb, 0xbf);
    expect(await linesOf(100, mark, bytes('a'), Uint8Array.of(0xff, 0xc0), bytes('b\n'))).toEqual([
      'a\ufffd\ufffdb',
    ]);
  });
});

/** Takes one line at a time, and only when it is told to. */
const slowOutput = () => {
  const taken: string[] = [];
  const waiting: (() => void)[] = [];
  const output = new Writable({
    highWaterMark: 1,
    write: (chunk: Buffer, _encoding, done) => {
      taken.push(chunk.toString());
      waiting.push(done);
    },
  });
  return { output, taken, release: () => waiting.shift()?.() };
};

describe('runLines', () => {
  it('reads on only when the output took what it was given', async () => {
    const { output, taken, release } = slowOutput();
    let pulled = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; pulled < 20; pulled += 1) yield bytes(`${pulled}\n`);
    }
    const run = runLines({ input: endless(), output, handle: (text) => text });
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise((done) => setImmediate(done));
      expect(pulled).toBe(turn);
      release();
    }
    expect(await run).toBe(0);
    expect(taken.join('')).toBe(Array.from({ length: 20 }, (_, i) => `${i}\n`).join(''));
  });

  it('answers what it cannot use in its place, and says no more than its own sentence', async () => {
    const taken: string[] = [];
    const output = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        taken.push(chunk.toString());
        done();
      },
    });
    const faults = await runLines({
      input: chunksOf(bytes('fine\nfault\nthrown\nfine')),
      output,
      handle: (text) => {
        if (text === 'fault') throw new LineFault('no', 7);
        if (text === 'thrown') throw new RangeError('the secret of the line');
        return text;
      },
    });
    expect(faults).toBe(2);
    expect(taken).toEqual([
      'fine\n',
      '{"id":7,"error":"no"}\n',
      '{"id":null,"error":"the record could not be judged"}\n',
      'fine\n',
    ]);
  });
});
