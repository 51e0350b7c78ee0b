import { hash } from 'node:crypto';
import {
  type ConfigWatch,
  type ReadEnvelope,
  readEnvelope,
  readRevocations,
  removeAck,
  type TenantAck,
  watchConfig,
  writeAck,
} from '@sallyport/bus';
import { type Revocation, revocationText } from '@sallyport/snapshot';
import type { Logger } from '@sallyport/telemetry';
import type { ConfigStore } from './config-store.ts';
import type { LoadedConfig, Offered } from './loaded-config.ts';

export interface FollowInput {
  readonly config: LoadedConfig;
  readonly store: ConfigStore;
  readonly redisUrl: string;
  readonly workerId: string;
  readonly bootId: string;
  readonly port: () => number;
  /** Cuts what a new mark no longer allows, before it is acknowledged. */
  readonly onRevoked: (tenantId: string) => void;
  readonly log: Logger;
}

export interface ConfigFollower {
  /** Resolves when Redis was compared once, or after the time. */
  firstLook(timeoutMs: number): Promise<void>;
  stop(): Promise<void>;
}

interface Refusal {
  readonly textDigest: string;
  readonly ack: Extract<TenantAck, { state: 'refused' }>;
}

type RefusedOffer = Extract<Offered, { kind: 'refused' }>;

const missing = { kind: 'missing' } as const;

function textOf(read: Exclude<ReadEnvelope, { kind: 'missing' }>): {
  readonly text: string;
  readonly textDigest: string;
} {
  if (read.kind === 'oversized') return { text: '', textDigest: `oversized ${read.bytes}` };
  return { text: read.text, textDigest: hash('sha256', read.text, 'hex') };
}

function oversized(bytes: number): RefusedOffer {
  return { kind: 'refused', reason: 'oversized', offered: null, detail: `${bytes} bytes` };
}

const ackEveryMs = 5_000;
const errorLogEveryMs = 10_000;

/** Loads what the disk holds: enough to serve with everything else down, revocations included. */
export function loadStoredConfig(config: LoadedConfig, store: ConfigStore, log: Logger): void {
  for (const [tenantId, { marks, seq }] of store.readMarks()) config.restoreMarks(tenantId, marks, seq);
  for (const [tenantId, text] of store.readEnvelopes()) {
    const offered = config.offer(tenantId, text);
    if (offered.kind === 'refused')
      log.error({ tenantId, ...offered }, 'a stored configuration is not valid');
  }
}

/** Follows Redis: newer envelopes, revocations, and acknowledgements back. Redis may come and go. */
export function followConfig(input: FollowInput): ConfigFollower {
  const { config, store, log } = input;
  const refusals = new Map<string, Refusal>();
  let lastErrorAt = 0;
  let looked: () => void = () => {};
  const firstLook = new Promise<void>((resolve) => {
    looked = resolve;
  });
  let watch: ConfigWatch | undefined;

  /** Takes the envelope that Redis holds; whether there is something new to acknowledge. */
  const take = async (tenantId: string): Promise<boolean> => {
    const read = watch ? await readEnvelope(watch.redis, tenantId) : missing;
    if (read.kind === 'missing') return false;
    const { text, textDigest } = textOf(read);
    if (refusals.get(tenantId)?.textDigest === textDigest) return false;
    const offered = read.kind === 'found' ? config.offer(tenantId, text) : oversized(read.bytes);
    if (offered.kind === 'refused') {
      refuse(tenantId, textDigest, offered);
      return true;
    }
    const wasRefused = refusals.delete(tenantId);
    if (offered.kind === 'unchanged') return wasRefused;
    await store.writeEnvelope(tenantId, text);
    await saveMarks(tenantId);
    log.info({ tenantId, version: offered.version }, 'configuration applied');
    return true;
  };
  const refuse = (tenantId: string, textDigest: string, offered: RefusedOffer): void => {
    log.error({ tenantId, ...offered }, 'a configuration was refused; the old one stays');
    const { reason, offered: version } = offered;
    const state = { v: config.versionOf(tenantId), rev: config.revocationsOf(tenantId).seq };
    refusals.set(tenantId, {
      textDigest,
      ack: { state: 'refused', ...state, reason, offered: version, at: Date.now() },
    });
  };
  const saveMarks = (tenantId: string): Promise<void> => {
    const set = config.revocationsOf(tenantId);
    return store.writeMarks(tenantId, { seq: set.seq, marks: set.list().map(revocationText) });
  };
  const onHeads = async (heads: ReadonlyMap<string, number>): Promise<void> => {
    let isChanged = false;
    for (const [tenantId, version] of heads) {
      const isNewer = version > config.versionOf(tenantId);
      if (isNewer || refusals.has(tenantId)) isChanged = (await take(tenantId)) || isChanged;
    }
    looked();
    if (isChanged) await acknowledge();
  };
  const onRevocations = async (texts: readonly string[]): Promise<void> => {
    const tenants = new Map<string, Revocation>();
    for (const text of texts) {
      const mark = config.revoke(text);
      if (mark) tenants.set(mark.tenantId, mark);
      else log.error({ length: text.length }, 'a revocation was refused: it is not genuine');
    }
    for (const tenantId of tenants.keys()) {
      input.onRevoked(tenantId);
      await closeGap(tenantId);
      await saveMarks(tenantId);
    }
    await acknowledge();
  };
  /** A mark was missed: the list of all that must hold has it. */
  const closeGap = async (tenantId: string): Promise<void> => {
    const set = config.revocationsOf(tenantId);
    const gap = set.gap();
    if (!gap || !watch) return;
    const texts = await readRevocations(watch.redis, tenantId);
    if (!texts) return;
    config.restoreMarks(tenantId, texts, gap.to);
    input.onRevoked(tenantId);
  };
  const acknowledge = async (): Promise<void> => {
    if (watch?.redis.status !== 'ready') return;
    const tenants = new Map<string, TenantAck>();
    for (const id of config.tenantIds()) {
      tenants.set(id, { state: 'live', v: config.versionOf(id), rev: config.revocationsOf(id).seq });
    }
    for (const [id, refusal] of refusals) tenants.set(id, refusal.ack);
    await writeAck(watch.redis, {
      workerId: input.workerId,
      bootId: input.bootId,
      port: input.port(),
      isReady: config.isReady(),
      atMs: Date.now(),
      tenants,
    });
  };
  const onError = (cause: Error): void => {
    if (Date.now() - lastErrorAt < errorLogEveryMs) return;
    lastErrorAt = Date.now();
    log.warn({ err: cause }, 'Redis is not reachable; the last good configuration stays');
  };
  watch = watchConfig({ url: input.redisUrl, name: input.workerId, onHeads, onRevocations, onError });
  const timer = setInterval(() => acknowledge().catch(onError), ackEveryMs);
  timer.unref();
  return {
    async firstLook(timeoutMs) {
      await Promise.race([firstLook, new Promise((resolve) => setTimeout(resolve, timeoutMs))]);
      await acknowledge().catch(onError);
    },
    async stop() {
      clearInterval(timer);
      const { redis } = watch;
      if (redis.status === 'ready') await removeAck(redis, input.workerId).catch(() => {});
      watch.stop();
    },
  };
}
