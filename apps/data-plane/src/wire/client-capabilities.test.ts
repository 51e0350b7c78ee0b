import { describe, expect, it } from 'vitest';
import { cleanCapabilities, missingCapability } from './client-capabilities.ts';

describe('cleanCapabilities', () => {
  it('keeps what is known, in one form for both eras', () => {
    expect(
      cleanCapabilities({
        elicitation: {},
        sampling: { tools: {}, other: {} },
        roots: { listChanged: true, x: 1 },
        tasks: { list: {}, requests: { sampling: { createMessage: {} }, unknown: {} } },
        extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html'] }, 'bad name': {}, n: 1 },
        __proto__: { polluted: true },
        unknown: {},
      }),
    ).toEqual({
      elicitation: { form: {} },
      sampling: { tools: {} },
      roots: { listChanged: true },
      tasks: { list: {}, requests: { sampling: { createMessage: {} } } },
      extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html'] } },
    });
  });

  it('stays small whatever is declared', () => {
    const extensions = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, at) => [`x/${at}`, { text: 'y'.repeat(500) }]),
    );
    expect(JSON.stringify(cleanCapabilities({ extensions })).length).toBeLessThan(1_200);
    for (const none of [null, 'x', [], 1]) expect(cleanCapabilities(none)).toEqual({});
  });
});

describe('missingCapability', () => {
  it('names what a question needs', () => {
    const form = { elicitation: { form: {} }, sampling: {} };
    expect(missingCapability(form, { method: 'elicitation/create', params: {} })).toBeUndefined();
    expect(missingCapability(form, { method: 'elicitation/create', params: { mode: 'url' } })).toEqual({
      elicitation: { url: {} },
    });
    expect(missingCapability(form, { method: 'sampling/createMessage', params: { tools: [] } })).toEqual({
      sampling: { tools: {} },
    });
    expect(missingCapability(form, { method: 'roots/list', params: undefined })).toEqual({ roots: {} });
    expect(missingCapability(form, { method: 'secrets/read', params: undefined })).toEqual({
      'secrets/read': {},
    });
  });
});
