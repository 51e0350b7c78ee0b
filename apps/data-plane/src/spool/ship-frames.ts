import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@sallyport/telemetry';
import type { OldSpool } from './recover-spools.ts';
import type { SegmentFrame } from './segment-format.ts';
import type { ShippableSpool, Spool } from './spool.ts';

export interface ShipperInput {
  readonly url: string;
  readonly token: string;
  readonly workerId: string;
  readonly spool: Spool;
  readonly older: readonly OldSpool[];
  readonly log: Logger;
}

export interface Shipper {
  /** Tries to ship all that waits; false when some is left at the deadline. */
  drain(timeoutMs: number): Promise<boolean>;
  stop(): void;
}

const maxFrames = 1_500;
const maxBytes = 2 * 1024 * 1024;
/** A batch waits so long for more frames, unless it is full before: few big batches cost a fraction of many small ones. */
const gatherMs = 250;
const fullFrames = 1_200;
const requestTimeoutMs = 15_000;
const maxReplyBytes = 64 * 1024;

/**
 * Sends frames to ingest in batches, in order, until each is committed there. The address is the control plane's own
 * and comes from the environment, never from a tenant, so it does not go through `outbound`, which refuses our ports.
 */
export function startShipper(input: ShipperInput): Shipper {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const older = [...input.older];
  let isStopped = false;
  let isDraining = false;
  let failures = 0;
  let isGathering = false;
  let wake: (() => void) | undefined;
  const untilWoken = (timeoutMs?: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = timeoutMs === undefined ? undefined : setTimeout(() => wake?.(), timeoutMs);
      wake = () => {
        wake = undefined;
        clearTimeout(timer);
        resolve();
      };
    });
  input.spool.onAppend = () => {
    if (!isGathering || input.spool.pendingFrames >= fullFrames) wake?.();
  };

  const shipOnce = async (): Promise<void> => {
    while (older[0]?.isShipped) retire(older, input.spool);
    const source: ShippableSpool = older[0] ?? input.spool;
    const frames = source.pending(maxFrames, maxBytes);
    const last = frames.at(-1)?.seq;
    if (last === undefined) {
      // Nothing readable is left of an old spool: it must not stand in the way of the others.
      if (older.length > 0) retire(older, input.spool);
      else await sleep(gatherMs);
      return;
    }
    const committedSeq = await post(agent, input, source.spoolId, frames);
    if (committedSeq < (frames[0]?.seq ?? 0)) throw new Error(`ingest committed up to ${committedSeq} only`);
    source.committed(Math.min(committedSeq, last));
    while (older[0]?.isShipped) retire(older, input.spool);
    failures = 0;
  };
  /** Waits until there is something to ship, and a little longer for more of it. */
  const gather = async (): Promise<void> => {
    if (older.length > 0) return;
    if (input.spool.pendingFrames === 0) await untilWoken();
    isGathering = true;
    if (input.spool.pendingFrames < fullFrames && !isDraining) await untilWoken(gatherMs);
    isGathering = false;
  };
  const backOff = async (error: unknown): Promise<void> => {
    failures += 1;
    if (failures === 1 || failures % 20 === 0)
      input.log.warn({ err: error, failures }, 'ingest takes no frames');
    await sleep(Math.min(5_000, 100 * 2 ** Math.min(failures, 6)) * (0.5 + Math.random() / 2));
  };
  const loop = async (): Promise<void> => {
    while (!isStopped) {
      await gather();
      if (!isStopped) await shipOnce().catch(backOff);
    }
  };
  void loop();
  return {
    async drain(timeoutMs) {
      const deadline = performance.now() + timeoutMs;
      isDraining = true;
      const isLeft = (): boolean => older.some((spool) => !spool.isShipped) || input.spool.pendingFrames > 0;
      while (isLeft() && performance.now() < deadline) {
        wake?.();
        await sleep(20);
      }
      return !isLeft();
    },
    stop() {
      isStopped = true;
      wake?.();
      agent.destroy();
    },
  };
}

function retire(older: OldSpool[], spool: Spool): void {
  const done = older.shift();
  for (const [tenantId, bytes] of done?.bytesByTenant ?? []) spool.addBacklog(tenantId, -bytes);
  done?.remove();
}

function bodyOf(workerId: string, spoolId: string, frames: readonly SegmentFrame[]): string {
  let text = `{"workerId":${JSON.stringify(workerId)},"spoolId":"${spoolId}","frames":[`;
  for (const [at, { seq, chain, text: frame }] of frames.entries()) {
    text += `${at === 0 ? '' : ','}{"seq":${seq},"chain":"${chain}","frame":${frame}}`;
  }
  return `${text}]}`;
}

/** Sends one batch and returns the sequence up to which ingest has committed. */
function post(
  agent: Agent,
  input: ShipperInput,
  spoolId: string,
  frames: readonly SegmentFrame[],
): Promise<number> {
  const body = Buffer.from(bodyOf(input.workerId, spoolId, frames));
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    authorization: `Bearer ${input.token}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      input.url,
      { method: 'POST', agent, headers, timeout: requestTimeoutMs },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          if (text.length < maxReplyBytes) text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => {
          const seq = response.statusCode === 200 ? readCommitted(text) : undefined;
          if (seq === undefined)
            reject(new Error(`ingest answered ${response.statusCode}: ${text.slice(0, 300)}`));
          else resolve(seq);
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('ingest did not answer in time')));
    sent.on('error', reject);
    sent.end(body);
  });
}

function readCommitted(text: string): number | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const seq =
      typeof value === 'object' && value !== null ? (value as { committedSeq?: unknown }).committedSeq : 0;
    return typeof seq === 'number' && Number.isSafeInteger(seq) ? seq : undefined;
  } catch {
    return undefined;
  }
}
