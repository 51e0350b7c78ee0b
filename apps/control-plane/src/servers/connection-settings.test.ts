import { describe, expect, it } from 'vitest';
import { readConnection } from './connection-settings.ts';

const isNew = { isNew: true };
const invalid = expect.objectContaining({ code: 'invalid_input' });

describe('readConnection', () => {
  it('drops a secret where none is used', () => {
    expect(readConnection({ kind: 'NONE', secret: 'x' }, isNew)).toEqual({
      kind: 'none',
      headerName: null,
      secret: null,
    });
  });

  it('keeps the stored secret when an update names none', () => {
    expect(readConnection({ kind: 'BEARER' }, { isNew: false }).secret).toBeNull();
    expect(() => readConnection({ kind: 'BEARER' }, isNew)).toThrowError(invalid);
  });

  it.each(['a\r\nX-Evil: 1', 'a\u0000b', 'ä', ' lead', 'trail ', 'x'.repeat(5000)])(
    'refuses the secret %j',
    (secret) => {
      expect(() => readConnection({ kind: 'BEARER', secret }, isNew)).toThrowError(invalid);
    },
  );

  it.each(['Host', 'Mcp-Session-Id', 'cookie', 'x y', 'X\r\nY', 'X-Forwarded-For', ''])(
    'refuses the header name %j',
    (headerName) => {
      expect(() => readConnection({ kind: 'HEADER', headerName, secret: 's' }, isNew)).toThrowError(invalid);
    },
  );

  it('takes a header and a query key', () => {
    expect(readConnection({ kind: 'HEADER', headerName: 'X-Api-Key', secret: 's' }, isNew).headerName).toBe(
      'X-Api-Key',
    );
    expect(readConnection({ kind: 'QUERY', headerName: 'api_key', secret: 's' }, isNew).kind).toBe('query');
  });
});
