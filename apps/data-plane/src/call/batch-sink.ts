import type { ReplySink } from '../wire/reply-sink.ts';
import type { Answer } from './call.ts';

/** Gathers the answers of a batch's members; the whole leaves when the last one is there. */
export function createBatchSink(whole: ReplySink, members: number): { next(): ReplySink } {
  const bodies: string[] = [];
  let left = members;
  const done = (answer: Answer): void => {
    if (answer.body !== '') bodies.push(answer.body);
    left -= 1;
    if (left > 0) return;
    const isEmpty = bodies.length === 0;
    const status = isEmpty ? 202 : 200;
    whole.send({ status, body: isEmpty ? '' : `[${bodies.join(',')}]`, headers: undefined, closes: false });
  };
  return {
    next() {
      let isSent = false;
      return {
        notify: (text) => whole.notify(text),
        open: () => whole.open(),
        canPush: () => !isSent && whole.canPush(),
        send(answer) {
          if (isSent) return;
          isSent = true;
          done(answer);
        },
      };
    },
  };
}
