import { AppError } from '@sallyport/kernel';

/** One server-sent event. */
export interface SseEvent {
  readonly event: string;
  readonly data: string;
  readonly id: string | undefined;
  readonly retryMs: number | undefined;
}

export interface SseLimits {
  readonly maxLineBytes: number;
  /** Bytes of all lines of one event. */
  readonly maxEventBytes: number;
  readonly maxTotalBytes: number;
  readonly maxEvents: number;
}

/** Bounds for the stream that answers one call. */
export const sseLimits: SseLimits = {
  maxLineBytes: 1024 * 1024,
  maxEventBytes: 1024 * 1024,
  maxTotalBytes: 16 * 1024 * 1024,
  maxEvents: 10_000,
};

export interface SseStep {
  readonly events: readonly SseEvent[];
  /** Set when a limit was passed; the parser takes nothing more. */
  readonly exceeded: keyof SseLimits | undefined;
}

export interface SseParser {
  /** Takes the next bytes and gives the events they complete. */
  push(chunk: Uint8Array): SseStep;
}

const lf = 10;
const cr = 13;

interface Draft {
  event: string;
  data: string[];
  id: string | undefined;
  retryMs: number | undefined;
}

const freshDraft = (): Draft => ({ event: '', data: [], id: undefined, retryMs: undefined });

/**
 * Parses server-sent events incrementally, in linear time: any split of the bytes gives the same events.
 * An event that the stream does not end with a blank line is dropped, as the standard says.
 */
export function createSseParser(
  decodeUtf8: (bytes: Uint8Array) => string,
  limits: SseLimits = sseLimits,
): SseParser {
  const lines = createLineSplitter(limits);
  let draft = freshDraft();
  let draftBytes = 0;
  let totalBytes = 0;
  let eventCount = 0;
  let isFirstLine = true;
  let exceeded: keyof SseLimits | undefined;

  const takeLine = (bytes: Uint8Array, events: SseEvent[]): void => {
    const line = bytes.length === 0 ? '' : textOf(bytes, isFirstLine, decodeUtf8);
    isFirstLine = false;
    draftBytes += bytes.length;
    if (draftBytes > limits.maxEventBytes) exceeded = 'maxEventBytes';
    else if (line !== '') readField(draft, line);
    else {
      if (draft.data.length > 0) events.push(finish(draft));
      draft = freshDraft();
      draftBytes = 0;
    }
  };
  return {
    push(chunk) {
      const events: SseEvent[] = [];
      totalBytes += chunk.length;
      if (totalBytes > limits.maxTotalBytes) exceeded ??= 'maxTotalBytes';
      if (exceeded !== undefined) return { events, exceeded };
      const whole = lines.split(chunk, (bytes) => {
        if (exceeded !== undefined) return false;
        takeLine(bytes, events);
        if (eventCount + events.length > limits.maxEvents) exceeded = 'maxEvents';
        return exceeded === undefined;
      });
      eventCount += events.length;
      if (!whole) exceeded ??= 'maxLineBytes';
      return { events, exceeded };
    },
  };
}

/**
 * The text of a line. Only a byte order mark at the very start of a stream is dropped; decoders drop one at the start
 * of whatever they are given, which would turn a line of nothing but a mark into the end of an event.
 */
function textOf(bytes: Uint8Array, isFirst: boolean, decodeUtf8: (bytes: Uint8Array) => string): string {
  let at = 0;
  while (bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) at += 3;
  if (at === 0) return decodeUtf8(bytes);
  return '\uFEFF'.repeat(at / 3 - (isFirst ? 1 : 0)) + decodeUtf8(bytes.subarray(at));
}

/** Cuts bytes into lines ended by CR, LF or CRLF; what is left of a line waits for the next chunk. */
function createLineSplitter(limits: SseLimits) {
  let pieces: Uint8Array[] = [];
  let kept = 0;
  let afterCr = false;
  const keep = (piece: Uint8Array): boolean => {
    if (piece.length > 0) pieces.push(piece);
    kept += piece.length;
    return kept <= limits.maxLineBytes;
  };
  const release = (): Uint8Array => {
    const line = join(pieces, kept);
    pieces = [];
    kept = 0;
    return line;
  };
  return {
    /** False when a line is too long or the taker wants no more. */
    split(chunk: Uint8Array, take: (line: Uint8Array) => boolean): boolean {
      let start = 0;
      for (let i = 0; i < chunk.length; i += 1) {
        const byte = chunk[i];
        const isSecondHalf = byte === lf && afterCr;
        afterCr = byte === cr;
        if (byte !== lf && byte !== cr) continue;
        if (!isSecondHalf && !(keep(chunk.subarray(start, i)) && take(release()))) return false;
        start = i + 1;
      }
      // A copy: the caller may reuse its buffer.
      return keep(chunk.slice(start));
    },
  };
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function readField(draft: Draft, line: string): void {
  const colon = line.indexOf(':');
  if (colon === 0) return;
  const field = colon < 0 ? line : line.slice(0, colon);
  const rest = colon < 0 ? '' : line.slice(colon + 1);
  const value = rest.startsWith(' ') ? rest.slice(1) : rest;
  if (field === 'data') draft.data.push(value);
  else if (field === 'event') draft.event = value;
  else if (field === 'id' && !value.includes('\0')) draft.id = value;
  else if (field === 'retry' && /^[0-9]{1,9}$/.test(value)) draft.retryMs = Number(value);
}

function finish(draft: Draft): SseEvent {
  const event = draft.event === '' ? 'message' : draft.event;
  return { event, data: draft.data.join('\n'), id: draft.id, retryMs: draft.retryMs };
}

/**
 * Writes one event.
 * @throws AppError `internal_error` when the event name or id holds a line break, which would forge fields.
 */
export function writeSseEvent(event: {
  readonly data: string;
  readonly event?: string;
  readonly id?: string;
  readonly retryMs?: number;
}): string {
  let text = '';
  for (const field of ['event', 'id'] as const) {
    const value = event[field];
    if (value === undefined) continue;
    if (/[\r\n\0]/.test(value)) throw new AppError('internal_error', `line break in SSE ${field}`);
    text += `${field}: ${value}\n`;
  }
  if (event.retryMs !== undefined) text += `retry: ${Math.max(0, Math.floor(event.retryMs))}\n`;
  for (const line of event.data.split(/\r\n|\r|\n/)) text += `data: ${line}\n`;
  return `${text}\n`;
}

/** The comment that keeps a quiet stream open. */
export const sseKeepAlive = ': keep-alive\n\n';
