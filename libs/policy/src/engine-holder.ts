import type { CedarEngine } from './engine.ts';

/** One policy as the engine keeps it; the handle outlives a new engine instance. */
export interface PreparedPolicy {
  readonly poolId: string;
  readonly text: string;
  /** Which instance knows it; 0 = none. */
  generation: number;
  /** It broke an instance once: never asked again, every evaluation counts as an error. */
  isBroken: boolean;
}

/**
 * The engine, its replacement when it crashed, and a bounded pool of ids for what it keeps: the engine cannot
 * forget, so ids are overwritten and used again.
 */
export interface EngineHolder {
  /** Runs a call; after a crash (anything thrown) the next call gets a fresh instance. @throws what the engine threw. */
  call<T>(use: (engine: CedarEngine) => T): T;
  /** `undefined` when the pool is used up. */
  prepare(text: string): PreparedPolicy | undefined;
  release(prepared: PreparedPolicy): void;
  /** Makes sure the present instance knows the policy; `false` when it cannot. */
  ensure(prepared: PreparedPolicy): boolean;
  /** Parsed policies by text, so a new version parses only what changed. */
  readonly parsed: TextCache;
  /** How often an instance crashed. */
  readonly crashes: number;
}

/** Prepared policies that may live at once in one process. */
export const maxPrepared = 8_192;

/** Name of the one policy in each prepared set. */
export const preparedPolicyId = 'p';

/**
 * Holds an engine. `load` gives an instance and is called again after a crash; it must then give a new one (in Node:
 * drop the module from `require.cache` first).
 */
export function holdEngine(load: () => CedarEngine): EngineHolder {
  const free: string[] = [];
  let used = 0;
  let generation = 1;
  let engine: CedarEngine | undefined;

  const call = <T>(use: (engine: CedarEngine) => T): T => {
    engine ??= load();
    try {
      return use(engine);
    } catch (error) {
      // A crashed instance answers every later call with the same crash.
      engine = undefined;
      generation += 1;
      throw error;
    }
  };
  const ensure = (prepared: PreparedPolicy): boolean => {
    if (prepared.isBroken) return false;
    if (prepared.generation === generation) return true;
    const policies = { staticPolicies: { [preparedPolicyId]: prepared.text } };
    prepared.isBroken = !isPrepared(() =>
      call((cedar) => cedar.preparsePolicySet(prepared.poolId, policies).type === 'success'),
    );
    prepared.generation = generation;
    return !prepared.isBroken;
  };
  return {
    call,
    ensure,
    prepare(text) {
      const poolId = free.pop() ?? (used < maxPrepared ? `sp-${used++}` : undefined);
      if (poolId === undefined) return undefined;
      const prepared: PreparedPolicy = { poolId, text, generation: 0, isBroken: false };
      ensure(prepared);
      return prepared;
    },
    release(prepared) {
      if (prepared.generation === generation) {
        isPrepared(() => call((cedar) => cedar.preparsePolicySet(prepared.poolId, {}).type === 'success'));
      }
      prepared.isBroken = true;
      free.push(prepared.poolId);
    },
    parsed: createTextCache(),
    get crashes() {
      return generation - 1;
    },
  };
}

function isPrepared(attempt: () => boolean): boolean {
  try {
    return attempt();
  } catch {
    return false;
  }
}

/** A cache by text, bounded by the characters of its keys; the oldest use goes first. */
export interface TextCache {
  get(text: string): unknown;
  set(text: string, value: unknown): void;
}

const maxCachedCharacters = 8 * 1024 * 1024;

function createTextCache(): TextCache {
  const entries = new Map<string, unknown>();
  let characters = 0;
  return {
    get(text) {
      const value = entries.get(text);
      if (value !== undefined) {
        entries.delete(text);
        entries.set(text, value);
      }
      return value;
    },
    set(text, value) {
      if (!entries.has(text)) characters += text.length;
      entries.set(text, value);
      for (const oldest of entries.keys()) {
        if (characters <= maxCachedCharacters) break;
        entries.delete(oldest);
        characters -= oldest.length;
      }
    },
  };
}
