import type { CedarValueJson, Expr, PatternElem } from '@cedar-policy/cedar-wasm';
import {
  type CedarEntity,
  type CedarRecord,
  type CedarValue,
  EvaluationError,
  entityOf,
  parseDecimal,
  recordOf,
  setOf,
} from './cedar-value.ts';
import { compileLike } from './like-pattern.ts';
import {
  attributeOf,
  binaryOperators,
  decimalOperators,
  hasAttributes,
  isIn,
  isOfType,
  negate,
  setIsEmpty,
  truth,
} from './operators.ts';

/** What an expression may ask for. Without `context` only what does not depend on the call can be evaluated. */
export interface Environment {
  readonly principal: CedarEntity;
  readonly action: CedarEntity;
  readonly resource: CedarEntity;
  readonly context: CedarRecord | undefined;
}

/** @throws EvaluationError as Cedar would; `ContextNeeded` when the environment has no context. */
export type Evaluate = (environment: Environment) => CedarValue;

/** The construct has no closure here; the policy runs in the engine. */
export class Unsupported extends Error {}

/** Thrown by an expression that reads the context while there is none. */
export class ContextNeeded extends Error {}

const contextNeeded = new ContextNeeded('context');

/**
 * Compiles a Cedar expression (its JSON form) to a closure with the same result and the same errors.
 * @throws Unsupported for a construct that only the engine knows.
 */
export function compileExpression(expression: Expr): Evaluate {
  const entries = Object.entries(expression as Readonly<Record<string, unknown>>);
  const [operator, operand] = entries[0] ?? [];
  if (operator === undefined || entries.length !== 1) throw new Unsupported('not one operator');
  const compile = Object.hasOwn(compilers, operator) ? compilers[operator] : undefined;
  if (compile) return compile(operand as never);
  const binary = Object.hasOwn(binaryOperators, operator) ? binaryOperators[operator] : undefined;
  if (binary) return compileBinary(binary, operand as Pair);
  const decimal = Object.hasOwn(decimalOperators, operator) ? decimalOperators[operator] : undefined;
  if (decimal) return compileExtension(decimal, operand as readonly Expr[]);
  throw new Unsupported(operator);
}

interface Pair {
  readonly left: Expr;
  readonly right: Expr;
}

const compilers: Readonly<Record<string, (operand: never) => Evaluate>> = {
  Value: (value: CedarValueJson) => constant(literalOf(value)),
  Var: compileVariable,
  '&&': ({ left, right }: Pair) => {
    const [a, b] = [compileExpression(left), compileExpression(right)];
    return (environment) => truth(a(environment)) && truth(b(environment));
  },
  '||': ({ left, right }: Pair) => {
    const [a, b] = [compileExpression(left), compileExpression(right)];
    return (environment) => truth(a(environment)) || truth(b(environment));
  },
  '!': ({ arg }: { readonly arg: Expr }) => {
    const a = compileExpression(arg);
    return (environment) => !truth(a(environment));
  },
  neg: ({ arg }: { readonly arg: Expr }) => {
    const a = compileExpression(arg);
    return (environment) => negate(a(environment));
  },
  isEmpty: ({ arg }: { readonly arg: Expr }) => {
    const a = compileExpression(arg);
    return (environment) => setIsEmpty(a(environment));
  },
  'if-then-else': compileIf,
  '.': ({ left, attr }: { readonly left: Expr; readonly attr: string }) => {
    const a = compileExpression(left);
    return (environment) => attributeOf(a(environment), attr);
  },
  has: ({ left, attr }: { readonly left: Expr; readonly attr: string | readonly string[] }) => {
    const a = compileExpression(left);
    const path = typeof attr === 'string' ? [attr] : attr;
    return (environment) => hasAttributes(a(environment), path);
  },
  like: ({ left, pattern }: { readonly left: Expr; readonly pattern: readonly PatternElem[] }) => {
    const a = compileExpression(left);
    const matches = compileLike(pattern);
    return (environment) => {
      const text = a(environment);
      if (typeof text !== 'string') throw new EvaluationError('like needs a string');
      return matches(text);
    };
  },
  is: ({
    left,
    entity_type,
    in: group,
  }: {
    readonly left: Expr;
    readonly entity_type: string;
    readonly in?: Expr;
  }) => {
    const a = compileExpression(left);
    const b = group === undefined ? undefined : compileExpression(group);
    return (environment) => {
      const value = a(environment);
      return isOfType(value, entity_type) && (b === undefined || isIn(value, b(environment)));
    };
  },
  Set: (members: readonly Expr[]) => {
    const compiled = members.map(compileExpression);
    if (members.every((member) => 'Value' in member)) {
      // A set of constants is one value for all calls, its index included.
      return constant(
        setOf(members.map((member) => literalOf((member as { readonly Value: CedarValueJson }).Value))),
      );
    }
    return (environment) => setOf(compiled.map((member) => member(environment)));
  },
  Record: (fields: Readonly<Record<string, Expr>>) => {
    const compiled = Object.entries(fields).map(([name, field]) => [name, compileExpression(field)] as const);
    return (environment) => recordOf(new Map(compiled.map(([name, field]) => [name, field(environment)])));
  },
  decimal: (operands: readonly Expr[]) => {
    const text =
      operands.length === 1 && operands[0] ? compileExpression(operands[0]) : unsupported('decimal');
    return (environment) => {
      const value = text(environment);
      const decimal = typeof value === 'string' ? parseDecimal(value) : undefined;
      if (!decimal) throw new EvaluationError('not a decimal');
      return decimal;
    };
  },
};

function compileVariable(name: string): Evaluate {
  switch (name) {
    case 'principal':
      return (environment) => environment.principal;
    case 'action':
      return (environment) => environment.action;
    case 'resource':
      return (environment) => environment.resource;
    case 'context':
      return (environment) => {
        if (!environment.context) throw contextNeeded;
        return environment.context;
      };
    default:
      return unsupported(name);
  }
}

function compileIf(operand: { readonly if: Expr; readonly then: Expr; readonly else: Expr }): Evaluate {
  const test = compileExpression(operand.if);
  const yes = compileExpression(operand.then);
  const no = compileExpression(operand.else);
  return (environment) => (truth(test(environment)) ? yes(environment) : no(environment));
}

function compileBinary(
  operator: (left: CedarValue, right: CedarValue) => CedarValue,
  { left, right }: Pair,
): Evaluate {
  const a = compileExpression(left);
  const b = compileExpression(right);
  return (environment) => operator(a(environment), b(environment));
}

function compileExtension(
  operator: (left: CedarValue, right: CedarValue) => CedarValue,
  [left, right, ...more]: readonly Expr[],
): Evaluate {
  if (!left || !right || more.length > 0) return unsupported('extension call');
  return compileBinary(operator, { left, right });
}

function constant(value: CedarValue): Evaluate {
  return () => value;
}

function unsupported(what: string): never {
  throw new Unsupported(what);
}

function literalOf(json: CedarValueJson): CedarValue {
  if (typeof json === 'boolean' || typeof json === 'string') return json;
  if (typeof json === 'number') {
    // The engine hands out larger integers rounded: only its own copy of the policy is exact.
    return Number.isSafeInteger(json) ? json : unsupported('large integer');
  }
  if (typeof json !== 'object' || json === null) return unsupported('value');
  if (Array.isArray(json)) return setOf(json.map(literalOf));
  if ('__entity' in json) {
    const { type, id } = json.__entity as { readonly type: string; readonly id: string };
    return entityOf(type, id);
  }
  return unsupported('literal');
}
