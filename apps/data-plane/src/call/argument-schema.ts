import { format, type Schema, Validator } from '@cfworker/json-schema';
import { isJsonObject } from '@sallyport/mcp';
import { RE2JS } from 're2js';
import { createLru } from '../wire/lru.ts';
import { BudgetSpent, countVisits, refillBudget, spendPatternSteps } from './check-budget.ts';
import { acceptsSurely, compileQuick, type QuickCheck } from './quick-schema.ts';

/** Whether arguments fit; `unusable` = this schema cannot be checked within bounds, so nothing fits it. */
export type ArgumentVerdict =
  | { readonly kind: 'fits' }
  | { readonly kind: 'misfits'; readonly problems: readonly ArgumentProblem[] }
  | { readonly kind: 'unusable'; readonly reason: string };

export interface ArgumentProblem {
  /** JSON Pointer into the arguments. */
  readonly path: string;
  readonly problem: string;
}

export interface ArgumentSchemas {
  /** `digest` names the schema: the same digest always comes with the same schema. */
  check(digest: string, schema: () => unknown, args: unknown, argsBytes: number): ArgumentVerdict;
}

interface Prepared {
  readonly quick: QuickCheck | undefined;
  readonly validator: Validator | undefined;
  readonly fault: string | undefined;
  readonly nodes: number;
  readonly limitsArrays: boolean;
  readonly limitsNames: boolean;
}

const fits: ArgumentVerdict = { kind: 'fits' };
const maxPrepared = 2_000;
const maxProblems = 3;
/** Schema nodes × argument bytes: what comparing texts may cost at most; the rest is counted (`checkBudget`). */
const maxWork = 200_000_000;
const tooCostly: ArgumentVerdict = { kind: 'unusable', reason: 'too large for this schema' };
const maxUniqueItems = 1_000;
const maxPatternName = 256;

/** Checks arguments against approved schemas; a schema is prepared when it is first used. */
export function createArgumentSchemas(): ArgumentSchemas {
  const prepared = createLru<string, Prepared>(maxPrepared);
  return {
    check(digest, schema, args, argsBytes) {
      let ready = prepared.get(digest);
      if (!ready) {
        ready = prepare(schema());
        prepared.set(digest, ready);
      }
      if (ready.quick && acceptsSurely(ready.quick, args)) return fits;
      return checkSlowly(ready, args, argsBytes);
    },
  };
}

function checkSlowly(ready: Prepared, args: unknown, argsBytes: number): ArgumentVerdict {
  if (!ready.validator) return { kind: 'unusable', reason: ready.fault ?? 'schema' };
  if (ready.nodes * argsBytes > maxWork) return tooCostly;
  if ((ready.limitsArrays || ready.limitsNames) && !isWithin(args, ready)) {
    return { kind: 'unusable', reason: 'an array or a name is too long for this schema' };
  }
  refillBudget();
  try {
    const result = ready.validator.validate(args);
    return result.valid ? fits : { kind: 'misfits', problems: problemsOf(result.errors) };
  } catch (cause) {
    return cause instanceof BudgetSpent ? tooCostly : { kind: 'unusable', reason: 'schema' };
  }
}

function problemsOf(
  errors: readonly { readonly instanceLocation: string; readonly error: string }[],
): readonly ArgumentProblem[] {
  // The innermost errors come last and say most.
  return errors.slice(-maxProblems).map(({ instanceLocation, error }) => ({
    path: instanceLocation.slice(1, 200),
    problem: error.slice(0, 200),
  }));
}

function prepare(schema: unknown): Prepared {
  const found = { nodes: 0, limitsArrays: false, limitsNames: false };
  refillBudget();
  try {
    const guarded = guard(schema, found) as Schema;
    const validator = new Validator(guarded, '2020-12', true);
    return { quick: compileQuick(schema), validator, fault: undefined, ...found };
  } catch (cause) {
    const fault = cause instanceof UnsafePattern ? 'pattern' : 'schema';
    return { quick: undefined, validator: undefined, fault, ...found };
  }
}

class UnsafePattern extends Error {}

type Found = { nodes: number; limitsArrays: boolean; limitsNames: boolean };
/** Keywords whose value is data. */
const dataKeywords: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples', 'required']);
/** Keywords whose value maps free names to schemas. */
const mapKeywords: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'definitions',
]);

/**
 * A copy of a schema that the validator may interpret: patterns go to a linear-time engine, formats (annotations
 * in 2020-12, and backtracking expressions in this validator) are left out.
 */
function guard(node: unknown, found: Found): unknown {
  if (Array.isArray(node)) return node.map((member) => guard(member, found));
  if (!isJsonObject(node)) return node;
  found.nodes += 1;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'format' || key === 'pattern') continue;
    if (key === 'uniqueItems') found.limitsArrays = true;
    if (key === 'patternProperties') checkNamePatterns(value, found);
    copy[key] = guardKeyword(key, value, found);
  }
  if (typeof node.pattern === 'string') {
    copy.allOf = [...(Array.isArray(copy.allOf) ? copy.allOf : []), { format: linearFormat(node.pattern) }];
  }
  countVisits(copy);
  return copy;
}

function guardKeyword(key: string, value: unknown, found: Found): unknown {
  if (dataKeywords.has(key)) return value;
  if (!mapKeywords.has(key) || !isJsonObject(value)) return guard(value, found);
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, guard(child, found)]));
}

/** The validator looks formats up by name: ours stands for one pattern in the linear-time engine. */
function linearFormat(pattern: string): string {
  const name = `sallyport-re2:${pattern}`;
  const formats = format as Record<string, (text: string) => boolean>;
  if (formats[name] === undefined) {
    let engine: RE2JS;
    try {
      engine = RE2JS.compile(RE2JS.translateRegExp(pattern));
    } catch {
      throw new UnsafePattern();
    }
    const states = engine.programSize();
    formats[name] = (text) => {
      spendPatternSteps(text.length * states);
      return engine.matcher(text).find();
    };
  }
  return name;
}

const unboundedQuantifier = /[*+]|\{\d*,\}/g;
const riskyPattern = /\(\?|\\[1-9k]|\)[*+?{]/;

/**
 * Names of properties are matched by the language's own engine: only patterns that cannot backtrack much are let
 * through (one unbounded repetition, no repeated group, no look-around), and names have a length limit then.
 */
function checkNamePatterns(value: unknown, found: Found): void {
  found.limitsNames = true;
  if (!isJsonObject(value)) return;
  for (const pattern of Object.keys(value)) {
    const repetitions = pattern.match(unboundedQuantifier)?.length ?? 0;
    if (riskyPattern.test(pattern) || repetitions > 1) throw new UnsafePattern();
  }
}

function isWithin(args: unknown, limits: Prepared): boolean {
  const queue: unknown[] = [args];
  for (const node of queue) {
    if (!isNodeWithin(node, limits)) return false;
    const members = typeof node === 'object' && node !== null ? Object.values(node) : [];
    for (const member of members) if (typeof member === 'object') queue.push(member);
  }
  return true;
}

function isNodeWithin(node: unknown, { limitsArrays, limitsNames }: Prepared): boolean {
  if (Array.isArray(node)) return !limitsArrays || node.length <= maxUniqueItems;
  if (!limitsNames || !isJsonObject(node)) return true;
  return Object.keys(node).every((name) => name.length <= maxPatternName);
}
