import type { Clock } from '@sallyport/kernel';

/** How a call ended, as the breaker sees it: 4xx and JSON-RPC errors are `ok`, a caller's cancel is `ignored`. */
export type BreakerOutcome = 'ok' | 'failed' | 'connect_failed' | 'ignored';

export type Admission =
  /** `done` is called exactly once with the outcome. */
  | { readonly kind: 'pass'; readonly done: (outcome: BreakerOutcome) => void }
  | { readonly kind: 'open'; readonly retryAfterMs: number };

export interface BreakerRules {
  readonly windowMs: number;
  readonly minCalls: number;
  readonly failedShare: number;
  readonly connectFailuresInRow: number;
  readonly openMs: number;
  readonly maxOpenMs: number;
  readonly maxKeys: number;
}

export const breakerRules: BreakerRules = {
  windowMs: 10_000,
  minCalls: 20,
  failedShare: 0.5,
  connectFailuresInRow: 5,
  openMs: 5_000,
  maxOpenMs: 60_000,
  maxKeys: 10_000,
};

const slots = 10;

interface Circuit {
  state: 'closed' | 'open' | 'probing';
  openUntilMs: number;
  /** How long the next opening lasts. */
  nextOpenMs: number;
  connectFailures: number;
  /** Calls and failures per tenth of the window, and which tenth each belongs to. */
  readonly calls: number[];
  readonly failures: number[];
  readonly tenths: number[];
}

export interface Breaker {
  admit(key: string): Admission;
  stateOf(key: string): Circuit['state'];
}

/** One circuit per key, in memory, bounded; `random` (0..1) spreads the re-opening by ±20 %. */
export function createBreaker(
  clock: Clock,
  random: () => number,
  rules: BreakerRules = breakerRules,
): Breaker {
  const circuits = new Map<string, Circuit>();
  const circuitOf = (key: string): Circuit => {
    const known = circuits.get(key);
    if (known) return known;
    const oldest = circuits.size >= rules.maxKeys ? circuits.keys().next().value : undefined;
    if (oldest !== undefined) circuits.delete(oldest);
    const fresh = freshCircuit(rules);
    circuits.set(key, fresh);
    return fresh;
  };
  const trip = (circuit: Circuit): void => {
    circuit.state = 'open';
    circuit.openUntilMs = clock.nowMs() + circuit.nextOpenMs * (0.8 + 0.4 * random());
    circuit.nextOpenMs = Math.min(circuit.nextOpenMs * 2, rules.maxOpenMs);
  };
  const record = (circuit: Circuit, outcome: BreakerOutcome, isProbe: boolean): void => {
    if (isProbe) {
      if (outcome === 'ok') Object.assign(circuit, freshCircuit(rules));
      // A cancelled probe says nothing: the next call may probe at once.
      else if (outcome === 'ignored') circuit.state = 'open';
      else trip(circuit);
    } else if (outcome !== 'ignored' && circuit.state === 'closed') {
      count(circuit, outcome, clock.nowMs(), rules);
      if (isTripped(circuit, clock.nowMs(), rules)) trip(circuit);
    }
  };
  return {
    stateOf: (key) => circuits.get(key)?.state ?? 'closed',
    admit(key) {
      const circuit = circuitOf(key);
      const waitMs = circuit.openUntilMs - clock.nowMs();
      if (circuit.state === 'probing' || (circuit.state === 'open' && waitMs > 0)) {
        return { kind: 'open', retryAfterMs: Math.max(1, Math.ceil(waitMs)) };
      }
      const isProbe = circuit.state === 'open';
      if (isProbe) circuit.state = 'probing';
      return { kind: 'pass', done: (outcome) => record(circuit, outcome, isProbe) };
    },
  };
}

function freshCircuit(rules: BreakerRules): Circuit {
  return {
    state: 'closed',
    openUntilMs: 0,
    nextOpenMs: rules.openMs,
    connectFailures: 0,
    calls: Array(slots).fill(0),
    failures: Array(slots).fill(0),
    tenths: Array(slots).fill(-1),
  };
}

function count(circuit: Circuit, outcome: BreakerOutcome, nowMs: number, rules: BreakerRules): void {
  const tenth = Math.floor((nowMs * slots) / rules.windowMs);
  const slot = tenth % slots;
  if (circuit.tenths[slot] !== tenth) {
    circuit.tenths[slot] = tenth;
    circuit.calls[slot] = 0;
    circuit.failures[slot] = 0;
  }
  circuit.calls[slot] = (circuit.calls[slot] ?? 0) + 1;
  if (outcome !== 'ok') circuit.failures[slot] = (circuit.failures[slot] ?? 0) + 1;
  circuit.connectFailures = outcome === 'connect_failed' ? circuit.connectFailures + 1 : 0;
}

function isTripped(circuit: Circuit, nowMs: number, rules: BreakerRules): boolean {
  if (circuit.connectFailures >= rules.connectFailuresInRow) return true;
  const oldest = Math.floor((nowMs * slots) / rules.windowMs) - slots + 1;
  let calls = 0;
  let failures = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    if ((circuit.tenths[slot] ?? -1) < oldest) continue;
    calls += circuit.calls[slot] ?? 0;
    failures += circuit.failures[slot] ?? 0;
  }
  return calls >= rules.minCalls && failures >= calls * rules.failedShare;
}
