import type { RpcMessage } from '@sallyport/mcp';
import type { Inbox } from './inbox.ts';
import type { Delivered } from './post-rpc.ts';
import { protocolError } from './read-rpc.ts';
import type { SideSink } from './side-stream.ts';

/** The inbox of a request whose server may also speak beside its answer. */
export interface MergedInbox extends Inbox, SideSink {
  /** What came first: the answer to the post, or something beside it. */
  first(delivery: Promise<Delivered>): Promise<Delivered | 'beside'>;
}

/** What waits beside a reader that waits for its client; more is dropped. */
const maxBeside = 256;
const maxBesideBytes = 4 * 1024 * 1024;

/** Joins what comes on the request's own way with what comes beside it. */
export function createMergedInbox(onLeft: () => void): MergedInbox {
  let beside: RpcMessage[] = [];
  let besideBytes = 0;
  let arrival = Promise.withResolvers<'beside'>();
  let delivery: Promise<Delivered> | undefined;
  let main: Inbox | undefined;
  let step: Promise<readonly RpcMessage[] | undefined> | undefined;
  let isLeft = false;
  const leave = (): void => {
    if (!isLeft) onLeft();
    isLeft = true;
  };
  const take = (): readonly RpcMessage[] => {
    const taken = beside;
    beside = [];
    besideBytes = 0;
    arrival = Promise.withResolvers();
    return taken;
  };
  const nextOfMain = async (): Promise<readonly RpcMessage[] | undefined> => {
    const delivered = main === undefined ? await delivery : undefined;
    if (delivered?.kind === 'stream') main = delivered.inbox;
    if (main) return main.next();
    const outcome = delivered?.kind === 'answer' ? delivered.outcome : undefined;
    if (!outcome?.response) throw protocolError('http_status', { status: outcome?.status ?? 0 });
    return [outcome.response];
  };
  return {
    async first(posted) {
      delivery = posted;
      posted.catch(() => {});
      const came = await Promise.race([posted, arrival.promise]);
      if (came !== 'beside' && came.kind === 'stream') main = came.inbox;
      return came;
    },
    async next() {
      step ??= nextOfMain();
      step.catch(() => {});
      const came = beside.length > 0 ? 'beside' : await Promise.race([step, arrival.promise]);
      if (came === 'beside') return take();
      step = undefined;
      return came;
    },
    push(message, bytes) {
      if (isLeft || beside.length >= maxBeside || besideBytes + bytes > maxBesideBytes) return;
      besideBytes += bytes;
      beside.push(message);
      arrival.resolve('beside');
    },
    hold: (limitMs) => main?.hold(limitMs),
    release: (leftMs) => main?.release(leftMs),
    finish() {
      leave();
      main?.finish();
    },
    close() {
      leave();
      if (main) main.close();
      // Whatever comes after all is left too.
      else delivery?.then((late) => late.kind === 'stream' && late.inbox.close()).catch(() => {});
    },
  };
}
