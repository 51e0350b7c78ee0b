import { describe, expect, it } from 'vitest';
import { readCapability, uiDefinition } from './capability-definition.ts';

const sha256 = (data: string | Uint8Array): string => `sha:${String(data)}`;

describe('readCapability', () => {
  it('knows each kind by what names it', () => {
    expect(readCapability('tool', { name: 'a', inputSchema: {} })?.name).toBe('a');
    expect(readCapability('prompt', { name: 'b' })?.name).toBe('b');
    expect(readCapability('resource', { uri: 'x:c', name: 'C' })?.name).toBe('x:c');
    expect(readCapability('template', { uriTemplate: 'x:{d}', name: 'D' })?.name).toBe('x:{d}');
    expect(readCapability('instructions', { instructions: 'e' })?.name).toBe('instructions');
  });
  it.each([
    ['tool', { name: 'no schema' }],
    ['prompt', { name: '' }],
    ['resource', { name: 'no uri' }],
    ['resource', { uri: `x:${'é'.repeat(1_020)}` }],
    ['template', { uriTemplate: 'x'.repeat(2_000) }],
    ['instructions', { instructions: 7 }],
    ['prompt', 'text'],
  ] as const)('takes no %s from %j', (kind, value) => {
    expect(readCapability(kind, value)).toBeUndefined();
  });
});

describe('uiDefinition', () => {
  const uri = 'ui://a/main.html';
  const read = {
    contents: [{ uri, mimeType: 'text/html;profile=mcp-app', text: '<p>', _meta: { ui: { csp: {} } } }],
  };

  it('is the same whether the resource is listed or only named, but for what the list adds', () => {
    const bare = { uri, name: uri, mimeType: 'text/html;profile=mcp-app', _meta: { ui: { csp: {} } } };
    expect(uiDefinition({ uri, listed: undefined, read, sha256 })).toEqual({
      ...bare,
      contentSha256: 'sha:<p>',
    });
    const listed = { uri, name: 'Main', icons: [] };
    expect(uiDefinition({ uri, listed, read, sha256 })).toEqual({
      ...bare,
      ...listed,
      contentSha256: 'sha:<p>',
    });
  });
  it('changes with one character of the HTML', () => {
    const other = { contents: [{ ...read.contents[0], text: '<p >' }] };
    expect(uiDefinition({ uri, listed: undefined, read: other, sha256 })?.contentSha256).toBe('sha:<p >');
  });
  it('says in which form the body came, whatever the list claims, and takes no two bodies', () => {
    const base64 = { contents: [{ uri, blob: 'PHA+' }] };
    expect(uiDefinition({ uri, listed: undefined, read: base64, sha256 })).toMatchObject({
      contentSha256: 'sha:PHA+',
      contentForm: 'blob',
    });
    const claims = { uri, name: 'Main', contentForm: 'blob' };
    expect(uiDefinition({ uri, listed: claims, read, sha256 })).not.toHaveProperty('contentForm');
    const both = { contents: [{ ...read.contents[0], blob: 'PHA+' }] };
    expect(uiDefinition({ uri, listed: undefined, read: both, sha256 })).toBeUndefined();
  });
  it('takes no answer about something else, and none with two contents', () => {
    expect(uiDefinition({ uri: 'ui://b', listed: undefined, read, sha256 })).toBeUndefined();
    const two = { contents: [...read.contents, ...read.contents] };
    expect(uiDefinition({ uri, listed: undefined, read: two, sha256 })).toBeUndefined();
  });
});
