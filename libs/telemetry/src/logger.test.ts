import { describe, expect, it } from 'vitest';
import { createLogger, isSecretName } from './index.ts';

const canary = 'canary-7f3a-value';

function capture() {
  const lines: string[] = [];
  const logger = createLogger({ name: 'test', level: 'trace', destination: { write: (l) => lines.push(l) } });
  return { logger, text: () => lines.join('') };
}

const secretNames = [
  'authorization',
  'Authorization',
  'cookie',
  'set-cookie',
  'token',
  'accessToken',
  'refresh_token',
  'secret',
  'clientSecret',
  'password',
  'passphrase',
  'key',
  'apiKey',
  'x-api-key',
  'api_key',
  'VAULT_KEK',
  'SNAPSHOT_SIGNING_KEY',
  'sealed',
  'sealedSecret',
  'credential',
  'credentials',
  'x-sallyport-csrf',
  'plaintext',
  'signature',
];

describe('createLogger', () => {
  it.each(secretNames)('never prints a field called %s, at any depth', (name) => {
    const { logger, text } = capture();
    logger.info({ [name]: canary });
    logger.info({ a: { b: [{ c: { [name]: canary } }] } });
    logger.info({ headers: { [name]: [canary, { inner: canary }] } });
    logger.child({ [name]: canary }).warn('child');
    logger
      .child({ request: { [name]: canary } })
      .child({ more: 1 })
      .error('grandchild');
    logger.error({ err: Object.assign(new Error('failed'), { [name]: canary }) }, 'with error');
    logger.error(new Error('outer', { cause: Object.assign(new Error('inner'), { [name]: canary }) }));
    logger.info({ bytes: { [name]: Buffer.from(canary) } });
    expect(text()).not.toContain(canary);
    expect(text()).not.toContain(Buffer.from(canary).toJSON().data.join(','));
    expect(text().trim().split('\n')).toHaveLength(8);
  });

  it.each([
    `upstream said: Authorization: Bearer ${canary}`,
    `GET https://example.test/mcp?api_key=${canary}&x=1`,
    `https://console.test/link#token=${canary}`,
    `postgres://app:${canary}@127.0.0.1:5432/db`,
    'sp_canary-7f3a-value-0123456789',
    `eyJhbGciOiJIUzI1NiJ9.${'canary7f3avalue'}.c2ln`,
  ])('cleans secrets inside text: %s', (message) => {
    const { logger, text } = capture();
    logger.info(message);
    logger.error({ err: new Error(message) });
    logger.info({ note: [message] });
    expect(text()).not.toContain(canary);
    expect(text()).not.toContain('canary7f3avalue');
  });

  it('prints everything else: ids, numbers, names, messages', () => {
    const { logger, text } = capture();
    logger.info({ keyId: 'k1', keyPrefix: 'sp_ab', tenantId: 't1', count: 3, hasToken: true }, 'published');
    const line = JSON.parse(text());
    expect(line).toMatchObject({
      level: 'info',
      name: 'test',
      keyId: 'k1',
      keyPrefix: 'sp_ab',
      tenantId: 't1',
      count: 3,
      hasToken: true,
      msg: 'published',
    });
  });

  it('survives cycles and depth bombs', () => {
    const { logger, text } = capture();
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    let deep: Record<string, unknown> = { token: canary };
    for (let level = 0; level < 100; level += 1) deep = { deep };
    logger.info({ cycle, deep });
    expect(text()).not.toContain(canary);
  });

  it('honours the level', () => {
    const lines: string[] = [];
    const logger = createLogger({
      name: 'quiet',
      level: 'warn',
      destination: { write: (l) => lines.push(l) },
    });
    logger.info('no');
    expect(lines).toEqual([]);
  });
});

describe('isSecretName', () => {
  it('leaves names alone that only mention a key', () => {
    for (const name of ['keyId', 'keyPrefix', 'monkey', 'keyboard', 'assigned', 'tokenizer', 'design']) {
      expect([name, isSecretName(name)]).toEqual([name, false]);
    }
  });
});
