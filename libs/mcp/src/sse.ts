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
  bytes: number;
}

const freshDraft = (): Draft => ({ event: '', data: [], id: undefined, retryMs: undefined, bytes: 0 });

/**
 * Parses server-sent events incrementally, in linear time: any split of the bytes gives the same events.
 * An event that the stream does not end with a blank line is dropped, as the standard says.
 */
export function createSseParser(
  decodeUtf8: (bytes: Uint8Array) => string,
  limits: SseLimits = sseLimits,
): SseParser {
  let draft = freshDraft();
  let pieces: Uint8Array[] = [];
  let lineBytes = 0;
  let totalBytes = 0;
  let eventCount = 0;
  let isFirstLine = true;
  let afterCr = false;
  let exceeded: keyof SseLimits | undefined;

  const endLine = (events: SseEvent[]): void => {
    let line = lineBytes === 0 ? '' : decodeUtf8(join(pieces, lineBytes));
    if (isFirstLine && line.startsWith('\uFEFF')) line = line.slice(1);
    isFirstLine = false;
    draft.bytes += lineBytes;
    pieces = [];
    lineBytes = 0;
    if (draft.bytes > limits.maxEventBytes) exceeded = 'maxEventBytes';
    else if (line !== '') readField(draft, line);
    else {
      if (draft.data.length > 0) {
        eventCount += 1;
        if (eventCount > limits.maxEvents) exceeded = 'maxEvents';
        else events.push(finish(draft));
      }
      draft = freshDraft();
    }
  };
  const keep = (piece: Uint8Array): void => {
    if (piece.length === 0) return;
    pieces.push(piece);
    lineBytes += piece.length;
    if (lineBytes > limits.maxLineBytes) exceeded = 'maxLineBytes';
  };
  return {
    push(chunk) {
      const events: SseEvent[] = [];
      totalBytes += chunk.length;
      if (exceeded === undefined && totalBytes > limits.maxTotalBytes) exceeded = 'maxTotalBytes';
      let start = 0;
      for (let i = 0; i < chunk.length && exceeded === undefined; i += 1) {
        const byte = chunk[i];
        if (byte === lf && afterCr) start = i + 1;
        else if (byte === lf || byte === cr) {
          keep(chunk.subarray(start, i));
          if (exceeded === undefined) endLine(events);
          start = i + 1;
        }
        afterCr = byte === cr;
      }
      if (exceeded === undefined) keep(chunk.slice(start));
      return { events, exceeded };
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
