import { describe, expect, it } from 'vitest';
import { initializeResult, readInitialize, readInitializeResult, splitBatch } from './legacy.ts';
import {
  claimsModernEra,
  discoverResult,
  envelopeMeta,
  readCacheHints,
  readDiscoverResult,
  readEnvelope,
  readResultType,
  toLegacyResult,
  toModernResult,
  unsupportedVersionError,
} from './modern.ts';
import { eraOf, negotiateLegacyVersion, pickModernVersion, supportedVersions } from './versions.ts';

const us = { name: 'sallyport', version: '1' };

describe('versions', () => {
  it('knows the era of each revision and negotiates', () => {
    expect(supportedVersions[0]).toBe('2026-07-28');
    expect([eraOf('2026-07-28'), eraOf('2025-03-26'), eraOf('2027-01-01'), eraOf(undefined)]).toEqual([
      'modern',
      'legacy',
      undefined,
      undefined,
    ]);
    expect(negotiateLegacyVersion('2025-06-18')).toBe('2025-06-18');
    expect(negotiateLegacyVersion('1999-01-01')).toBe('2025-11-25');
    expect(pickModernVersion(['2025-11-25', '2026-07-28'])).toBe('2026-07-28');
    expect(pickModernVersion(['2025-11-25'])).toBeUndefined();
  });
});

describe('modern envelope', () => {
  const meta = envelopeMeta({ version: '2026-07-28', clientInfo: us });
  it('reads what it writes and names what is missing', () => {
    expect(readEnvelope({ _meta: meta })).toMatchObject({
      kind: 'envelope',
      version: '2026-07-28',
      clientInfo: us,
    });
    expect(claimsModernEra({ _meta: meta })).toBe(true);
    expect(readEnvelope(undefined)).toEqual({ kind: 'missing', key: '_meta' });
    const { 'io.modelcontextprotocol/clientCapabilities': _left, ...rest } = meta;
    expect(readEnvelope({ _meta: rest })).toMatchObject({ kind: 'missing' });
    expect(readEnvelope({ _meta: { ...meta, 'io.modelcontextprotocol/protocolVersion': 1 } })).toMatchObject({
      kind: 'invalid',
    });
  });
  it('builds discover and translates results between eras', () => {
    const discovered = discoverResult({
      serverInfo: us,
      capabilities: { tools: {} },
      supportedVersions,
      hints: { ttlMs: 5, cacheScope: 'private' },
    });
    expect(readDiscoverResult(discovered)?.supportedVersions).toContain('2026-07-28');
    expect(readCacheHints(discovered)).toEqual({ ttlMs: 5, cacheScope: 'private' });
    expect(readCacheHints({ ttlMs: -1, cacheScope: 'all' })).toEqual({ ttlMs: 0, cacheScope: 'private' });
    const modern = toModernResult({ tools: [] }, us);
    expect(readResultType(modern)).toBe('complete');
    expect(readResultType({})).toBe('complete');
    expect(toLegacyResult({ ...modern, ttlMs: 1, cacheScope: 'public' })).not.toHaveProperty('resultType');
    expect(unsupportedVersionError('x').code).toBe(-32022);
  });
});

describe('legacy', () => {
  it('reads initialize and its answer', () => {
    const params = { protocolVersion: '2030-01-01', capabilities: {}, clientInfo: us };
    expect(readInitialize(params)).toMatchObject({ requestedVersion: '2030-01-01', version: '2025-11-25' });
    for (const key of Object.keys(params)) expect(readInitialize({ ...params, [key]: 1 })).toBeUndefined();
    const result = initializeResult({
      version: '2025-11-25',
      capabilities: {},
      serverInfo: us,
      instructions: 'i',
    });
    expect(readInitializeResult(result)).toEqual({
      version: '2025-11-25',
      capabilities: {},
      instructions: 'i',
    });
    expect(readInitializeResult({})).toBeUndefined();
  });
  it('splits batches in 2025-03-26 only, up to 32', () => {
    expect(splitBatch({}, '2025-11-25').kind).toBe('single');
    expect(splitBatch([{}], '2025-06-18')).toEqual({ kind: 'refused', reason: 'not_in_this_version' });
    expect(splitBatch([], '2025-03-26')).toEqual({ kind: 'refused', reason: 'empty' });
    expect(splitBatch(Array(33).fill({}), '2025-03-26')).toEqual({ kind: 'refused', reason: 'too_many' });
    expect(splitBatch(Array(32).fill({}), '2025-03-26').kind).toBe('batch');
  });
});
