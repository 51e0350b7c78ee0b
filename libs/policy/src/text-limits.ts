/** Bounds of one policy text. Beyond them the engine crashes while it parses, and stays broken. */
export const policyLimits = {
  /** UTF-8 bytes of one text. */
  maxBytes: 16 * 1024,
  /** Brackets open at once. */
  maxNesting: 24,
  /** Operators on the way from a condition to its deepest part; a chain `a && b && …` counts each link. */
  maxOperators: 128,
  /** Cedar policies in one text. */
  maxPolicies: 50,
} as const;

/** Why a text is not given to the engine, with the UTF-16 position where the limit was passed. */
export interface TextFault {
  readonly kind: 'too_long' | 'too_nested' | 'too_many_operators';
  readonly message: string;
  readonly at: number;
}

const words: ReadonlySet<string> = new Set(['if', 'then', 'else', 'in', 'has', 'like', 'is']);
const wordPattern = /[A-Za-z_][A-Za-z0-9_]*/y;
const operatorPattern = /&&|\|\||[=!<>]=|::|[.+\-*!<>]/y;

/**
 * Looks for texts that would crash the engine: scans brackets and operators without parsing.
 * Invariant: T19, a text without fault is parsed and evaluated well inside the engine's stack.
 */
export function findTextFault(text: string): TextFault | undefined {
  if (text.length > policyLimits.maxBytes || byteLength(text) > policyLimits.maxBytes) {
    return {
      kind: 'too_long',
      message: `A policy may have ${policyLimits.maxBytes} bytes.`,
      at: policyLimits.maxBytes,
    };
  }
  const meter = createMeter();
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at);
    meter.take(token.kind);
    const fault = faultOf(meter.nesting(), meter.operators(), at);
    if (fault) return fault;
    at = token.next;
  }
  return undefined;
}

/** Counts the operators that can lie above each other: those of all open brackets, siblings forgotten. */
function createMeter() {
  let levels = [0];
  let sum = 0;
  const forgetLevel = (): void => {
    sum -= levels.at(-1) ?? 0;
    levels[levels.length - 1] = 0;
  };
  const count = (): void => {
    sum += 1;
    levels[levels.length - 1] = (levels.at(-1) ?? 0) + 1;
  };
  const actions: Readonly<Record<Token['kind'], () => void>> = {
    open() {
      // A bracket is an operator too: `a["b"]["c"]…` nests with every one.
      count();
      levels.push(0);
    },
    close() {
      forgetLevel();
      if (levels.length > 1) levels.pop();
    },
    end() {
      levels = [0];
      sum = 0;
    },
    comma: forgetLevel,
    operator: count,
    other: () => undefined,
  };
  return {
    take: (kind: Token['kind']) => actions[kind](),
    nesting: () => levels.length - 1,
    operators: () => sum,
  };
}

function faultOf(nesting: number, operators: number, at: number): TextFault | undefined {
  if (nesting > policyLimits.maxNesting) {
    return {
      kind: 'too_nested',
      message: `At most ${policyLimits.maxNesting} brackets may be open at once.`,
      at,
    };
  }
  if (operators > policyLimits.maxOperators) {
    return {
      kind: 'too_many_operators',
      message: `At most ${policyLimits.maxOperators} operators may follow each other in one condition; use a set with .contains(…), or several policies.`,
      at,
    };
  }
  return undefined;
}

interface Token {
  readonly kind: 'open' | 'close' | 'end' | 'comma' | 'operator' | 'other';
  readonly next: number;
}

const singles: Readonly<Record<string, Token['kind']>> = {
  '(': 'open',
  '[': 'open',
  '{': 'open',
  ')': 'close',
  ']': 'close',
  '}': 'close',
  ';': 'end',
  ',': 'comma',
};

function tokenAt(text: string, at: number): Token {
  const char = text.charAt(at);
  if (char === '"') return { kind: 'other', next: endOfString(text, at) };
  if (char === '/' && text.charAt(at + 1) === '/') return { kind: 'other', next: endOfLine(text, at) };
  const single = Object.hasOwn(singles, char) ? singles[char] : undefined;
  if (single) return { kind: single, next: at + 1 };
  wordPattern.lastIndex = at;
  const word = wordPattern.exec(text)?.[0];
  if (word !== undefined) return { kind: words.has(word) ? 'operator' : 'other', next: at + word.length };
  operatorPattern.lastIndex = at;
  const operator = operatorPattern.exec(text)?.[0];
  if (operator !== undefined)
    return { kind: operator === '::' ? 'other' : 'operator', next: at + operator.length };
  return { kind: 'other', next: at + 1 };
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

/** Bytes that a text takes as UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const char of text) bytes += charBytes(char.codePointAt(0) ?? 0);
  return bytes;
}

function charBytes(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** The UTF-16 position of a UTF-8 byte offset, as the engine counts. */
export function positionOfByte(text: string, byteOffset: number): number {
  let bytes = 0;
  let position = 0;
  for (const char of text) {
    if (bytes >= byteOffset) break;
    bytes += charBytes(char.codePointAt(0) ?? 0);
    position += char.length;
  }
  return position;
}
