/** One call that reached this server. */
export interface RecordedCall {
  /** Grows by one with every call; never reused. */
  readonly id: number;
  readonly tool: string;
  readonly arguments: unknown;
  readonly atMs: number;
}

export interface CallHistory {
  record(tool: string, args: unknown): void;
  /** Calls after the given id, oldest first. */
  since(id: number): readonly RecordedCall[];
  count(): number;
}

const maxKept = 50_000;

/** Keeps what reached the tools, append-only; beyond a bound the oldest entries go, their ids stay used. */
export function createCallHistory(nowMs: () => number): CallHistory {
  const calls: RecordedCall[] = [];
  let lastId = 0;
  return {
    record(tool, args) {
      lastId += 1;
      calls.push({ id: lastId, tool, arguments: args, atMs: nowMs() });
      if (calls.length > maxKept) calls.splice(0, calls.length - maxKept);
    },
    since: (id) => calls.filter((call) => call.id > id),
    count: () => lastId,
  };
}
