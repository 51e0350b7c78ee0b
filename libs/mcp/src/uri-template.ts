/** Bounds on templates and on the URIs compared with them: both come from strangers. */
export const uriTemplateLimits = {
  /** Longest template, characters. */
  maxTemplateLength: 1_024,
  maxVariables: 16,
  /** Longest URI that is compared with templates, characters. */
  maxUriLength: 4_096,
} as const;

type Operator = '' | '+' | '#' | '.' | '/' | ';' | '?' | '&';

interface Expression {
  readonly kind: 'expression';
  readonly operator: Operator;
  readonly names: readonly string[];
}

interface Literal {
  readonly kind: 'literal';
  readonly text: string;
}

/** A URI template (RFC 6570, levels 1 to 3), ready to be compared. */
export interface UriTemplate {
  readonly text: string;
  readonly parts: readonly (Literal | Expression)[];
}

/** Why a template is not taken. */
export type UriTemplateFault = 'too_long' | 'too_many_variables' | 'malformed' | 'level_4';

export type ParsedUriTemplate =
  | { readonly kind: 'ok'; readonly template: UriTemplate }
  | { readonly kind: 'invalid'; readonly fault: UriTemplateFault };

const operators: ReadonlySet<string> = new Set(['+', '#', '.', '/', ';', '?', '&']);
const namePattern = /^(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:[A-Za-z0-9_.]|%[0-9A-Fa-f]{2})*$/;

/** Reads a template within bounds; prefix and explode modifiers (level 4) are not taken. */
export function parseUriTemplate(text: string): ParsedUriTemplate {
  if (text.length > uriTemplateLimits.maxTemplateLength) return { kind: 'invalid', fault: 'too_long' };
  const parts: (Literal | Expression)[] = [];
  for (const [at, piece] of text.split('{').entries()) {
    const read = at === 0 ? readLiteral(piece) : readPiece(piece);
    if (typeof read === 'string') return { kind: 'invalid', fault: read };
    parts.push(...read);
  }
  const variables = parts.flatMap((part) => (part.kind === 'expression' ? part.names : []));
  if (variables.length > uriTemplateLimits.maxVariables)
    return { kind: 'invalid', fault: 'too_many_variables' };
  return { kind: 'ok', template: { text, parts } };
}

/** An expression, its `}`, and the literal behind it. */
function readPiece(piece: string): readonly (Literal | Expression)[] | UriTemplateFault {
  const close = piece.indexOf('}');
  const expression = readExpression(piece.slice(0, Math.max(close, 0)));
  const literal = readLiteral(piece.slice(close + 1));
  if (typeof expression === 'string') return expression;
  return typeof literal === 'string' ? literal : [expression, ...literal];
}

function readLiteral(text: string): readonly Literal[] | UriTemplateFault {
  if (text.includes('}')) return 'malformed';
  return text === '' ? [] : [{ kind: 'literal', text }];
}

function readExpression(text: string): Expression | UriTemplateFault {
  const first = text.charAt(0);
  const operator = operators.has(first) ? (first as Operator) : '';
  const names = text.slice(operator.length).split(',');
  if (names.some((name) => name.endsWith('*') || name.includes(':'))) return 'level_4';
  if (!names.every((name) => namePattern.test(name))) return 'malformed';
  return { kind: 'expression', operator, names };
}

/**
 * How much a template leaves open: `all` = any URI of any scheme, `scheme` = any URI of one scheme, else `some`.
 */
export function templateBreadth(template: UriTemplate): 'all' | 'scheme' | 'some' {
  const [first, ...rest] = template.parts;
  if (first?.kind !== 'literal' || !first.text.includes(':')) return 'all';
  const afterScheme = first.text.slice(first.text.indexOf(':') + 1).replace(/^\/+/u, '');
  const hasMore = rest.some((part) => part.kind === 'literal' && /[A-Za-z0-9]/u.test(part.text));
  const isOpen = rest.some((part) => part.kind === 'expression' && part.operator === '+');
  return afterScheme === '' && !hasMore && isOpen ? 'scheme' : 'some';
}
