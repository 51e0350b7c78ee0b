/** What a caller says it can read. */
export interface Acceptance {
  readonly json: boolean;
  readonly sse: boolean;
}

/** Nearly every client sends the same few headers: they are read once. */
const known = new Map<string, Acceptance>();
const maxKnown = 200;

/** Reads an Accept header; an absent one accepts JSON. */
export function readAccept(header: string | undefined): Acceptance {
  if (header === undefined) return { json: true, sse: false };
  const cached = known.get(header);
  if (cached) return cached;
  const types = header.split(',').map((part) => part.split(';', 1)[0]?.trim().toLowerCase() ?? '');
  const isAny = types.includes('*/*');
  const acceptance = {
    json: isAny || types.includes('application/json') || types.includes('application/*'),
    // "Anything" is what probes and plain tools say: they get JSON, never a stream they may not expect.
    sse: types.includes('text/event-stream') || types.includes('text/*'),
  };
  if (known.size < maxKnown) known.set(header, acceptance);
  return acceptance;
}

/** Whether a Content-Type is JSON. */
export function isJsonContent(header: string | undefined): boolean {
  if (header === 'application/json') return true;
  return header?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}
