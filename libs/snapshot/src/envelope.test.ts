import { describe, expect, it } from 'vitest';
import { sampleRows, signText, uuid, verifyText } from './__fixtures__/sample-rows.ts';
import {
  buildInstallation,
  buildSnapshot,
  createRevocationSet,
  type Envelope,
  envelopeText,
  installationTenantId,
  type Revocation,
  revocationText,
  signEnvelope,
  signRevocation,
  snapshotBody,
  verifyEnvelope,
  verifyInstallation,
  verifyRevocation,
} from './index.ts';

const tenantId = uuid(1);
const snapshot = buildSnapshot(sampleRows());
const unsigned = {
  kid: 'k1',
  tenantId,
  version: 3,
  revSeq: 2,
  kind: 'config',
  body: snapshotBody(snapshot),
} as const;
const envelope = signEnvelope({ ...unsigned, sign: signText });
const check = (text: string, highWater = 0) =>
  verifyEnvelope({ text, verify: verifyText, tenantId, highWater });
const altered = (change: Partial<Envelope>) => check(JSON.stringify({ ...envelope, ...change }));

describe('verifyEnvelope (T09)', () => {
  it('accepts what was signed, again and in any order of fields', () => {
    expect(check(envelopeText(envelope))).toMatchObject({ kind: 'config', snapshot });
    const backwards = JSON.stringify(Object.fromEntries(Object.entries(envelope).reverse()), null, 2);
    expect(check(backwards, 3)).toMatchObject({ kind: 'config' });
  });

  it.each<readonly [string, Partial<Envelope>, string]>([
    ['an altered body', { body: envelope.body.replace('demo', 'dem0') }, 'bad_signature'],
    ['an altered version', { version: 4 }, 'bad_signature'],
    ['an altered revocation sequence', { revSeq: 0 }, 'bad_signature'],
    ['an altered kind', { kind: 'tombstone' }, 'bad_signature'],
    ['an altered tenant', { tenantId: uuid(2) }, 'bad_signature'],
    ['a signature of something else', { sig: signText('something else') }, 'bad_signature'],
    ['no signature', { sig: 'AAAA' }, 'bad_signature'],
    ['an unknown key', { kid: 'k2' }, 'unknown_key'],
    ['lone surrogates', { body: `${envelope.body}\ud800` }, 'unparsable'],
    ['an unknown field', { more: 1 } as Partial<Envelope>, 'unparsable'],
    ['a version that is none', { version: -1 }, 'unparsable'],
  ])('refuses %s', (_, change, reason) => {
    expect(altered(change)).toMatchObject({ kind: 'refused', reason });
  });

  it.each([
    ['nothing', '', 'unparsable'],
    ['null', 'null', 'unparsable'],
    ['half of it', envelopeText(envelope).slice(0, -3), 'unparsable'],
    ['too much', `{"kid":"${'x'.repeat(17 * 1024 * 1024)}"}`, 'oversized'],
  ])('refuses %s', (_, text, reason) => {
    expect(check(text)).toMatchObject({ kind: 'refused', reason, version: null });
  });

  it('refuses an older version and another tenant, though well signed', () => {
    expect(check(envelopeText(envelope), 4)).toMatchObject({
      kind: 'refused',
      reason: 'older_version',
      version: 3,
    });
    const foreign = verifyEnvelope({
      text: envelopeText(envelope),
      verify: verifyText,
      tenantId: uuid(9),
      highWater: 0,
    });
    expect(foreign).toMatchObject({ kind: 'refused', reason: 'wrong_tenant' });
  });

  it('refuses a body that does not say what its header says, though well signed', () => {
    const sign = (change: Partial<typeof unsigned> | object) =>
      check(envelopeText(signEnvelope({ ...unsigned, ...change, sign: signText })));
    expect(sign({ version: 9 })).toMatchObject({ reason: 'invalid_content' });
    expect(sign({ revSeq: 9 })).toMatchObject({ reason: 'invalid_content' });
    expect(
      sign({ body: snapshotBody({ ...snapshot, tenantId: uuid(5) as typeof snapshot.tenantId }) }),
    ).toMatchObject({
      reason: 'invalid_content',
    });
    expect(sign({ body: '{"format":1}' })).toMatchObject({ reason: 'invalid_content' });
    expect(sign({ body: 'x' })).toMatchObject({ reason: 'unparsable' });
  });

  it('accepts a tombstone, and only an empty one', () => {
    const tombstone = signEnvelope({ ...unsigned, version: 4, kind: 'tombstone', body: '', sign: signText });
    expect(check(envelopeText(tombstone), 3)).toMatchObject({ kind: 'tombstone' });
    expect(check(envelopeText(tombstone), 5)).toMatchObject({ reason: 'older_version' });
    expect(() => signEnvelope({ ...unsigned, kind: 'tombstone', sign: signText })).toThrow(/tombstone/);
    expect(() => signEnvelope({ ...unsigned, body: '', sign: signText })).toThrow(/config has one/);
  });

  it('never takes the header for the body: moving a boundary breaks the signature', () => {
    const tricky = { ...envelope, kid: 'k1', body: ` ${envelope.body}` };
    expect(check(JSON.stringify(tricky))).toMatchObject({ reason: 'bad_signature' });
  });

  it('verifies the envelope of the installation', () => {
    const body = snapshotBody(
      buildInstallation({ version: 2, revSeq: 0, privateOrigins: ['b:1', 'a:1', 'a:1'] }),
    );
    const own = signEnvelope({
      ...unsigned,
      tenantId: installationTenantId,
      version: 2,
      revSeq: 0,
      body,
      sign: signText,
    });
    const verified = verifyInstallation({ text: envelopeText(own), verify: verifyText, highWater: 1 });
    expect(verified).toMatchObject({ kind: 'config', snapshot: { privateOrigins: ['a:1', 'b:1'] } });
    expect(
      verifyInstallation({ text: envelopeText(envelope), verify: verifyText, highWater: 1 }),
    ).toMatchObject({
      reason: 'wrong_tenant',
    });
  });
});

function mark(seq: number, change: Partial<Revocation> = {}): Revocation {
  const { sig: _, ...rest } = {
    sig: '',
    kid: 'k1',
    tenantId,
    seq,
    kind: 'key' as const,
    subject: uuid(71),
    notBeforeMs: 1_000,
    ...change,
  };
  return signRevocation({ ...rest, sign: signText });
}

describe('verifyRevocation', () => {
  const text = revocationText(mark(1));
  it('accepts what was signed', () => {
    expect(verifyRevocation({ text, verify: verifyText })).toEqual({ kind: 'ok', revocation: mark(1) });
  });
  it.each([
    ['another subject', { subject: uuid(72) }, 'bad_signature'],
    ['another sequence', { seq: 2 }, 'bad_signature'],
    ['a restore', { kind: 'restore' }, 'bad_signature'],
    ['another tenant', { tenantId: uuid(2) }, 'bad_signature'],
    ['an unknown key', { kid: 'k9' }, 'unknown_key'],
    ['an unknown kind', { kind: 'everything' }, 'unparsable'],
    ['an unknown field', { more: 1 }, 'unparsable'],
  ])('refuses a mark altered to %s', (_, change, reason) => {
    const forged = JSON.stringify({ ...mark(1), ...change });
    expect(verifyRevocation({ text: forged, verify: verifyText })).toMatchObject({ kind: 'refused', reason });
  });
  it('refuses an envelope in its place', () => {
    expect(verifyRevocation({ text: envelopeText(envelope), verify: verifyText })).toMatchObject({
      reason: 'unparsable',
    });
  });
});

describe('createRevocationSet', () => {
  const key = { kind: 'key', subject: uuid(71) } as const;

  it('kills what was created up to the mark and nothing later', () => {
    const set = createRevocationSet();
    expect(set.isRevoked({ ...key, createdAtMs: 1 })).toBe(false);
    expect(set.apply(mark(1))).toBe('applied');
    expect(set.isRevoked({ ...key, createdAtMs: 1_000 })).toBe(true);
    expect(set.isRevoked({ ...key, createdAtMs: 1_001 })).toBe(false);
    expect(set.isRevoked(key)).toBe(true);
    expect(set.isRevoked({ kind: 'key', subject: uuid(72) })).toBe(false);
    expect(set.apply(mark(1))).toBe('duplicate');
    expect(set.seq).toBe(1);
  });

  it('notices a gap and closes it in any order', () => {
    const set = createRevocationSet();
    expect(set.apply(mark(3, { subject: uuid(73) }))).toBe('gap');
    expect(set.isRevoked({ kind: 'key', subject: uuid(73) })).toBe(true);
    expect(set.gap()).toEqual({ from: 1, to: 2 });
    expect(set.seq).toBe(0);
    set.apply(mark(1));
    expect(set.gap()).toEqual({ from: 2, to: 2 });
    expect(set.apply(mark(2, { subject: uuid(72) }))).toBe('applied');
    expect([set.seq, set.gap()]).toEqual([3, undefined]);
  });

  it('lifts a mark by a later restore only, whatever comes first', () => {
    const agent = { kind: 'agent', subject: uuid(61) } as const;
    const steps = [
      mark(1, agent),
      mark(2, { ...agent, kind: 'restore' }),
      mark(3, agent),
      mark(4, { ...agent, kind: 'restore' }),
    ];
    for (const order of [steps, steps.toReversed(), [steps[1], steps[3], steps[0], steps[2]]]) {
      const set = createRevocationSet();
      for (const step of order) if (step) set.apply(step);
      expect(set.isRevoked(agent)).toBe(false);
      set.apply(mark(5, agent));
      expect(set.isRevoked(agent)).toBe(true);
    }
  });

  it('T10: loses nothing when the store comes back empty, and survives a trip to the disk', () => {
    const set = createRevocationSet();
    set.apply(mark(1));
    set.merge([], 0);
    expect(set.isRevoked(key)).toBe(true);
    const restarted = createRevocationSet();
    restarted.merge(set.list(), set.seq);
    expect(restarted.isRevoked(key)).toBe(true);
    expect(restarted.seq).toBe(1);
  });

  it('closes gaps by the list of live marks, and still takes a mark that the list did not name', () => {
    const set = createRevocationSet();
    set.merge([mark(5)], 7);
    expect([set.seq, set.gap(), set.isRevoked(key)]).toEqual([7, undefined, true]);
    set.apply(mark(6, { subject: uuid(76) }));
    expect(set.isRevoked({ kind: 'key', subject: uuid(76) })).toBe(true);
  });

  it('forgets what a newer snapshot contains', () => {
    const set = createRevocationSet();
    set.apply(mark(1));
    set.apply(mark(2, { subject: uuid(72) }));
    set.advance(1);
    expect(set.isRevoked(key)).toBe(false);
    expect(set.isRevoked({ kind: 'key', subject: uuid(72) })).toBe(true);
    expect(set.apply(mark(1))).toBe('duplicate');
    expect(set.isRevoked(key)).toBe(false);
    set.advance(10);
    expect([set.seq, set.list()]).toEqual([10, []]);
  });
});
