import { describe, expect, it } from 'vitest';
import { readServerUrl } from './server-url.ts';

describe('readServerUrl', () => {
  it('reads a public address', () => {
    expect(readServerUrl(' https://mcp.example.com/mcp ', [])).toEqual({
      url: 'https://mcp.example.com/mcp',
      origin: 'mcp.example.com:443',
      isPrivate: false,
    });
  });

  it.each([
    'http://mcp.example.com/mcp',
    'https://127.0.0.1:4431/mcp',
    'https://[::1]:8443/mcp',
    'https://tools/mcp',
    'https://db.internal/mcp',
    'https://localhost:8443/mcp',
  ])('calls %s private', (url) => {
    expect(readServerUrl(url, []).isPrivate).toBe(true);
  });

  it.each([
    '',
    'ftp://x.example',
    'javascript:alert(1)',
    'https://a:b@x.example',
    'https://x.example/#y',
    'nonsense',
  ])('refuses %j', (url) => {
    expect(() => readServerUrl(url, [])).toThrowError(expect.objectContaining({ code: 'invalid_input' }));
  });

  it.each([
    'http://127.0.0.1:5432/',
    'http://localhost:5432/mcp',
    'http://[::1]:5432/',
    'http://127.1:5432/',
    'http://localhost.:5432/',
    'http://0.0.0.0:5432/',
    'http://[::ffff:127.0.0.1]:5432/',
    'https://mcp.example.com:5432/',
  ])('refuses our own port at %s', (url) => {
    expect(() => readServerUrl(url, [5432])).toThrowError(expect.objectContaining({ code: 'egress_denied' }));
  });
});
