/** A bounded map: when it is full, what was not used for longest goes. */
export interface Lru<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
  clear(): void;
  values(): Iterable<V>;
  readonly size: number;
}

/** Makes a bounded map of `max` entries, or of `maxCost` where values cost different amounts. */
export function createLru<K, V>(max: number, costOf: (value: V) => number = () => 1): Lru<K, V> {
  const entries = new Map<K, V>();
  let cost = 0;
  const remove = (key: K): void => {
    const value = entries.get(key);
    if (value === undefined) return;
    entries.delete(key);
    cost -= costOf(value);
  };
  return {
    get(key) {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set(key, value) {
      remove(key);
      entries.set(key, value);
      cost += costOf(value);
      for (const oldest of entries.keys()) {
        if (cost <= max || entries.size === 1) break;
        remove(oldest);
      }
    },
    delete: remove,
    values: () => entries.values(),
    clear() {
      entries.clear();
      cost = 0;
    },
    get size() {
      return entries.size;
    },
  };
}
