import type { RequestContext } from '../access/session.ts';

/** Loads many ids at once; ids without a value are simply absent from the map. */
export type BatchLoad<Value> = (ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>;

interface Pending<Value> {
  readonly ids: Set<string>;
  readonly result: Promise<ReadonlyMap<string, Value>>;
}

/** Collects the ids that field resolvers of one request ask for in one turn, and loads them together. */
class Batch<Value> {
  private pending: Pending<Value> | undefined;

  constructor(private readonly load: BatchLoad<Value>) {}

  async get(id: string): Promise<Value | undefined> {
    this.pending ??= this.open();
    this.pending.ids.add(id);
    return (await this.pending.result).get(id);
  }

  private open(): Pending<Value> {
    const ids = new Set<string>();
    const result = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      this.pending = undefined;
      return this.load([...ids]);
    });
    return { ids, result };
  }
}

/** The batch of one kind in one request. `kind` is any object that names it (a read model's method owner). */
export function batchOf<Value>(
  context: RequestContext,
  kind: object,
  load: BatchLoad<Value>,
): { get(id: string): Promise<Value | undefined> } {
  const known = context.batches.get(kind) as Batch<Value> | undefined;
  if (known) return known;
  const batch = new Batch(load);
  context.batches.set(kind, batch);
  return batch;
}
