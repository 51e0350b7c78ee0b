import { describe, expect, it } from 'vitest';
import {
  createHandleSealer,
  createSigner,
  createVault,
  createVerifier,
  generateSealKeyPair,
  generateSigningKeyPair,
  openBox,
  publicKeyOf,
  sealBox,
} from './index.ts';

const text = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
const flip = (bytes: Uint8Array, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};

describe('sealBox and openBox', () => {
  const pair = generateSealKeyPair();
  const box = sealBox({ publicKey: pair.publicKey, plaintext: 'the secret', aad: 'tenant|server|upstream' });
  const open = (box: string, aad = 'tenant|server|upstream', privateKey = pair.privateKey) =>
    text(openBox({ privateKey, box, aad }));

  it('opens for the key and the place it was sealed for', () => {
    expect(open(box)).toBe('the secret');
    expect(open(sealBox({ publicKey: pair.publicKey, plaintext: new Uint8Array(), aad: '' }), '')).toBe('');
  });
  it('never gives the same bytes twice and never shows the plaintext', () => {
    const again = sealBox({
      publicKey: pair.publicKey,
      plaintext: 'the secret',
      aad: 'tenant|server|upstream',
    });
    expect(again).not.toBe(box);
    expect(Buffer.from(box, 'base64').includes('the secret')).toBe(false);
  });
  it('refuses another place, another key and every altered byte', () => {
    expect(() => open(box, 'tenant|other|upstream')).toThrow(/does not open/);
    expect(() => open(box, undefined, generateSealKeyPair().privateKey)).toThrow(/does not open/);
    const bytes = Buffer.from(box, 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      expect(() => open(flip(bytes, at).toString('base64'))).toThrow(/does not open/);
    }
    expect(() => open('')).toThrow(/does not open/);
  });
  it('refuses a box whose ephemeral key is a point of low order', () => {
    const bytes = Buffer.from(box, 'base64');
    bytes.fill(0, 1, 33);
    expect(() => open(bytes.toString('base64'))).toThrow(/does not open/);
  });
  it('refuses a key of the wrong size', () => {
    expect(() => sealBox({ publicKey: 'AAAA', plaintext: 'x', aad: '' })).toThrow(/32 bytes/);
  });
});

describe('createVault', () => {
  const kek = Buffer.alloc(32, 7);
  const vault = createVault({ kek: kek.toString('base64') });
  const wrappedKey = vault.newTenantKey('tenant-a');
  const place = { tenantId: 'tenant-a', wrappedKey, secretId: 's1', purpose: 'upstream' };
  const sealed = vault.seal({ ...place, plaintext: 'token-123' });

  it('opens what it sealed', () => {
    expect(text(vault.open({ ...place, sealed }))).toBe('token-123');
  });
  it('refuses every other place', () => {
    for (const wrong of [{ secretId: 's2' }, { purpose: 'webhook' }, { version: 2 }]) {
      expect(() => vault.open({ ...place, ...wrong, sealed })).toThrow(/does not open/);
    }
  });
  it('refuses another tenant, with its own key and with the foreign wrapped key', () => {
    const other = { ...place, tenantId: 'tenant-b' };
    expect(() => vault.open({ ...other, wrappedKey: vault.newTenantKey('tenant-b'), sealed })).toThrow();
    expect(() => vault.open({ ...other, sealed })).toThrow(/tenant key does not open/);
  });
  it('refuses altered bytes and another installation key', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      expect(() => vault.open({ ...place, sealed: flip(sealed, at) })).toThrow(/does not open/);
    }
    expect(() => createVault({ kek: Buffer.alloc(32, 8) }).open({ ...place, sealed })).toThrow();
  });
  it('refuses a place whose parts could be read in two ways', () => {
    expect(() => vault.seal({ ...place, secretId: 's1|1', plaintext: 'x' })).toThrow(/holds/);
  });
  it('moves to a new installation key without touching the secrets', () => {
    const newKek = Buffer.alloc(32, 9);
    const rewrapped = vault.rewrapTenantKey({ tenantId: 'tenant-a', wrappedKey, newKek });
    const moved = createVault({ kek: newKek });
    expect(text(moved.open({ ...place, wrappedKey: rewrapped, sealed }))).toBe('token-123');
  });
});

describe('createHandleSealer', () => {
  const key = Buffer.alloc(32, 3);
  const sealer = createHandleSealer(key);

  it('opens its own handles, and those of another worker with the same key', () => {
    const handle = sealer.seal('{"a":1}', 'session');
    expect(handle).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(text(createHandleSealer(key.toString('base64')).open(handle, 'session'))).toBe('{"a":1}');
    expect(text(sealer.openBytes(sealer.sealBytes(Buffer.of(1, 2), 'x'), 'x'))).toBe('\u0001\u0002');
  });
  it('gives undefined for anything else', () => {
    const handle = sealer.seal('x', 'session');
    expect(sealer.open(handle, 'spool')).toBeUndefined();
    expect(createHandleSealer(Buffer.alloc(32, 4)).open(handle, 'session')).toBeUndefined();
    for (const wrong of ['', 'a', '../../etc', `${handle}A`, handle.slice(0, -4), 'é', `${handle}=`]) {
      expect(sealer.open(wrong, 'session')).toBeUndefined();
    }
    const bytes = Buffer.from(handle, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      expect(sealer.openBytes(flip(bytes, at), 'session')).toBeUndefined();
    }
  });
  it('never uses a nonce twice', () => {
    const heads = new Set(
      Array.from({ length: 1000 }, () =>
        Buffer.from(sealer.sealBytes('x', '').subarray(0, 29)).toString('hex'),
      ),
    );
    expect(heads.size).toBe(1000);
  });
});

describe('createSigner and createVerifier', () => {
  const pair = generateSigningKeyPair();
  const verify = createVerifier({ k1: publicKeyOf(pair.privateKey) });
  const signature = createSigner(pair.privateKey)('message');

  it('tells valid, altered and unknown apart', () => {
    expect(publicKeyOf(pair.privateKey)).toBe(pair.publicKey);
    expect(verify('k1', 'message', signature)).toBe('valid');
    expect(verify('k1', 'message.', signature)).toBe('bad_signature');
    expect(verify('k1', 'message', 'AAAA')).toBe('bad_signature');
    expect(verify('k2', 'message', signature)).toBe('unknown_key');
    expect(verify('__proto__', 'message', signature)).toBe('unknown_key');
  });
});
