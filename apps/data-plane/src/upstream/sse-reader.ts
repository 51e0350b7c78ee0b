import { createSseParser, type SseEvent, type SseLimits, sseLimits } from '@sallyport/mcp';
import type { ResponseBody } from '@sallyport/outbound';
import { protocolError } from './read-rpc.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });
const decodeUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

/** Reads the events of one stream, as many at a time as arrived together. */
export interface SseReader {
  /** Empty arrays are not given; `undefined`: the stream is over. */
  next(): Promise<readonly SseEvent[] | undefined>;
  readonly body: ResponseBody;
}

/**
 * Makes the reader of a response body.
 * @throws AppError (from `next`) `upstream_protocol` when a limit is passed or the bytes are no text
 */
export function createSseReader(body: ResponseBody, limits: SseLimits = sseLimits): SseReader {
  const parser = createSseParser(decodeUtf8, limits);
  const chunks = body[Symbol.asyncIterator]();
  let exceeded: string | undefined;
  return {
    body,
    async next() {
      for (;;) {
        if (exceeded !== undefined) {
          body.cancel();
          throw protocolError(`sse_${exceeded}`);
        }
        const chunk = await chunks.next();
        if (chunk.done) return undefined;
        const step = push(chunk.value);
        exceeded = step.exceeded;
        if (step.events.length > 0) return step.events;
      }
    },
  };

  function push(chunk: Uint8Array) {
    try {
      return parser.push(chunk);
    } catch {
      body.cancel();
      throw protocolError('not_utf8');
    }
  }
}
