import type { Clause, DetailedError, PolicyJson } from '@cedar-policy/cedar-wasm';
import { compileExpression, type Evaluate, Unsupported } from './compile-expression.ts';
import type { EngineHolder } from './engine-holder.ts';
import type { ReadNames } from './map-arguments.ts';
import { truth } from './operators.ts';
import { readNamesOf } from './read-names.ts';
import { type PolicyScope, readScope } from './scope.ts';
import { findTextFault, policyLimits, positionOfByte } from './text-limits.ts';

/** One Cedar policy, ready to be sliced. */
export interface ParsedPolicy {
  readonly effect: 'permit' | 'forbid';
  readonly scope: PolicyScope;
  readonly hasConditions: boolean;
  /** All conditions as one closure; `undefined` when only the engine can evaluate them. */
  readonly condition: Evaluate | undefined;
  readonly readNames: ReadNames;
  readonly annotations: Readonly<Record<string, string>>;
  /** Text of this one policy. */
  readonly text: string;
}

/** What is wrong with a policy text; lines and columns count from 1, columns in UTF-16 units. */
export interface PolicyProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly help: string | null;
}

export type ParsedText =
  | { readonly kind: 'ok'; readonly policies: readonly ParsedPolicy[] }
  | { readonly kind: 'invalid'; readonly problems: readonly PolicyProblem[] };

/** Parses one policy text; limits come first, so no text can crash the engine that others use too. */
export function parsePolicyText(engines: EngineHolder, text: string): ParsedText {
  const known = engines.parsed.get(text);
  if (known !== undefined) return known as ParsedText;
  const parsed = parse(engines, text);
  engines.parsed.set(text, parsed);
  return parsed;
}

function parse(engines: EngineHolder, text: string): ParsedText {
  const fault = findTextFault(text);
  if (fault) return invalid(problemAt(text, { message: fault.message, from: fault.at, to: fault.at + 1 }));
  if (!text.isWellFormed())
    return invalid(problemAt(text, { message: 'The text is not well-formed Unicode.', from: 0, to: 1 }));
  try {
    return engines.call((engine) => {
      const parts = engine.policySetTextToParts(text);
      if (parts.type === 'failure') {
        // This call checks more and says where; both fail on the same texts.
        const check = engine.checkParsePolicySet({ staticPolicies: text });
        return problemsOf(text, check.type === 'failure' ? check.errors : parts.errors);
      }
      if (parts.policy_templates.length > 0) {
        return invalid(wholeText(text, 'Slots (?principal, ?resource) are not supported.'));
      }
      if (parts.policies.length === 0) return invalid(wholeText(text, 'The text holds no policy.'));
      if (parts.policies.length > policyLimits.maxPolicies) {
        return invalid(
          wholeText(text, `At most ${policyLimits.maxPolicies} policies may stand in one text.`),
        );
      }
      const policies = parts.policies.map((part) => {
        const answer = engine.policyToJson(part);
        return answer.type === 'success' ? compile(answer.json, part) : undefined;
      });
      const usable = policies.filter((policy) => policy !== undefined);
      if (usable.length < policies.length) return invalid(wholeText(text, 'A policy has no JSON form.'));
      return { kind: 'ok', policies: usable };
    });
  } catch {
    return invalid(wholeText(text, 'The policy engine could not read this text; make it simpler.'));
  }
}

function compile(json: PolicyJson, text: string): ParsedPolicy | undefined {
  const scope = readScope(json);
  if (!scope) return undefined;
  return {
    effect: json.effect,
    scope,
    hasConditions: json.conditions.length > 0,
    condition: compileConditions(json.conditions),
    readNames: readNamesOf(json.conditions),
    annotations: json.annotations ?? {},
    text,
  };
}

function compileConditions(conditions: readonly Clause[]): Evaluate | undefined {
  try {
    const clauses = conditions.map(({ kind, body }) => ({
      wanted: kind === 'when',
      evaluate: compileExpression(body),
    }));
    const [only] = clauses;
    if (clauses.length === 1 && only?.wanted) return only.evaluate;
    return (environment) => clauses.every(({ wanted, evaluate }) => truth(evaluate(environment)) === wanted);
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

function invalid(problem: PolicyProblem): ParsedText {
  return { kind: 'invalid', problems: [problem] };
}

function wholeText(text: string, message: string): PolicyProblem {
  return problemAt(text, { message, from: 0, to: text.length });
}

function problemsOf(text: string, errors: readonly DetailedError[]): ParsedText {
  const problems = errors
    .flatMap((error) => [error, ...(error.related ?? [])])
    .map((error) => problemOf(text, error));
  return problems.length > 0
    ? { kind: 'invalid', problems }
    : invalid(wholeText(text, 'This is not valid Cedar.'));
}

function problemOf(text: string, error: DetailedError): PolicyProblem {
  const place = error.sourceLocations?.[0];
  const message = error.message.replace(/^failed to parse [a-z ]+ from string: /, '');
  const hint = place?.label ?? null;
  return problemAt(text, {
    message: hint === null ? message : `${message}: ${hint}`,
    from: positionOfByte(text, place?.start ?? 0),
    to: positionOfByte(text, place?.end ?? 0),
    help: error.help,
  });
}

function problemAt(
  text: string,
  at: { readonly message: string; readonly from: number; readonly to: number; readonly help?: string | null },
): PolicyProblem {
  const start = lineAndColumn(text, at.from);
  const end = lineAndColumn(text, Math.max(at.to, at.from));
  return {
    message: at.message,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    help: at.help ?? null,
  };
}

function lineAndColumn(text: string, position: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, Math.min(position, text.length));
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: before.length - lastBreak };
}
