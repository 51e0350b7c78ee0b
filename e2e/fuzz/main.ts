import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createDice } from './random.ts';
import { type FuzzTarget, targets } from './targets.ts';

/**
 * Throws made-up input at the parsers until the time is over. Every input comes from a seed of its own, so one that
 * fails is made again with `--seed <its seed> --target <name> --once`.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    target: { type: 'string' },
    once: { type: 'boolean', default: false },
    failures: { type: 'string', default: '.cache/fuzz' },
  },
});

const print = (line: string) => process.stdout.write(`${line}\n`);
const sliceMs = 2_000;
const batch = 200;

interface Tally {
  executions: number;
  failures: number;
}

function keep(target: FuzzTarget, seed: number, input: unknown, error: unknown): void {
  mkdirSync(values.failures, { recursive: true });
  const file = join(values.failures, `${target.name}-${seed}.json`);
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  writeFileSync(file, JSON.stringify({ target: target.name, seed, input, message }, null, 2));
  print(`${target.name} failed with seed ${seed}; input kept in ${file}\n${message}`);
}

function throwOnce(target: FuzzTarget, seed: number, tally: Tally): void {
  const input = target.make(createDice(seed));
  tally.executions += 1;
  try {
    target.check(input);
  } catch (error) {
    tally.failures += 1;
    if (tally.failures <= 5) keep(target, seed, input, error);
  }
}

const chosen = targets.filter((target) => values.target === undefined || target.name === values.target);
if (chosen.length === 0)
  throw new Error(`no target ${values.target}; there are: ${targets.map((t) => t.name)}`);
const seed = Number(values.seed);
const endsAt = performance.now() + Number(values.minutes) * 60_000;
const tallies = new Map(chosen.map((target) => [target, { executions: 0, failures: 0 }]));
print(
  `seed ${seed}; ${values.once ? 'one input' : `${values.minutes} minutes`}; ${chosen.map((t) => t.name).join(', ')}`,
);
do {
  for (const [target, tally] of tallies) {
    const sliceEnd = Math.min(endsAt, performance.now() + sliceMs);
    do {
      for (let n = 0; n < (values.once ? 1 : batch); n += 1)
        throwOnce(target, (seed + tally.executions) >>> 0, tally);
    } while (!values.once && performance.now() < sliceEnd);
  }
} while (!values.once && performance.now() < endsAt);

const result: Record<string, Tally> = {};
for (const [target, tally] of tallies) {
  result[target.name] = tally;
  print(`${target.name.padEnd(14)} ${tally.executions} executions, ${tally.failures} failures`);
  if (tally.failures > 0) process.exitCode = 1;
}
print(JSON.stringify({ seed, targets: result }));
