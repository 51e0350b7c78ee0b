import { redactForExport, redactTextForExport } from './redact-for-export.ts';

/** What people made of the findings on one surface of one call. */
export interface VerdictCase {
  readonly callId: string;
  readonly surface: string;
  readonly toolName: string | null;
  readonly body: { readonly args: string | null; readonly result: string | null } | null;
  readonly judged: readonly {
    readonly verdict: string;
    readonly finding: { readonly code: string; readonly excerpt: string };
  }[];
}

/** Opens a kept body; null where it does not open. */
export type OpenBody = (box: string | null, part: 'args' | 'result') => string | null;

const surfaces: Readonly<Record<string, string>> = {
  arguments: 'tool_args',
  result: 'tool_result',
  resource: 'resource',
  prompt: 'prompt',
};

const maxText = 64 * 1024;
const source = 'verdicts';

/**
 * One row of the corpus: labelled by what people said, redacted, without an id of this installation. Undefined where
 * nothing is left to learn from.
 */
export function toRow(one: VerdictCase, open: OpenBody): Readonly<Record<string, unknown>> | undefined {
  const surface = surfaces[one.surface];
  if (surface === undefined || one.judged.length === 0) return undefined;
  // One confirmed finding makes the text an attack, whatever else was found in it by mistake.
  const confirmed = one.judged.filter(({ verdict }) => verdict === 'confirmed');
  const told = confirmed[0] ?? one.judged[0];
  if (!told) return undefined;
  const isMalicious = confirmed.length > 0;
  const head = {
    source,
    surface,
    label: isMalicious ? 'malicious' : 'benign',
    category: `verdict:${told.finding.code}`,
    lang: 'und',
  };
  const payload = surface === 'tool_args' ? argsOf(one, open) : textOf(one, told.finding.excerpt, open);
  if (!payload) return undefined;
  const attack = isMalicious ? attackIn(payload.text, told.finding.excerpt) : undefined;
  return { ...head, ...payload, ...(attack === undefined ? {} : { attack }) };
}

interface Payload {
  readonly args?: unknown;
  readonly text?: string;
  /** The row holds only what the finding shows: the tenant keeps no bodies. */
  readonly extent?: 'excerpt';
}

function argsOf({ body, judged }: VerdictCase, open: OpenBody): Payload | undefined {
  const args = parse(open(body?.args ?? null, 'args'));
  if (args !== undefined) {
    const redacted = redactForExport(args);
    return redacted === undefined ? undefined : { args: redacted };
  }
  const excerpt = judged[0]?.finding.excerpt ?? '';
  return excerpt === '' ? undefined : { args: { text: redactTextForExport(excerpt) }, extent: 'excerpt' };
}

function textOf({ body }: VerdictCase, excerpt: string, open: OpenBody): Payload | undefined {
  const kept = open(body?.result ?? null, 'result');
  // Redacted before it is cut: half of a secret reads like none.
  if (kept !== null)
    return { text: redactTextForExport(plainText(kept).slice(0, 2 * maxText)).slice(0, maxText) };
  return excerpt === '' ? undefined : { text: redactTextForExport(excerpt), extent: 'excerpt' };
}

/** The texts of a tool's result without their envelope; anything else as it is. */
function plainText(json: string): string {
  const value = parse(json);
  const content = isObject(value) ? value.content : undefined;
  if (!Array.isArray(content)) return json;
  const texts = content.flatMap((part: unknown) =>
    isObject(part) && typeof part.text === 'string' ? [part.text] : [],
  );
  return texts.length === 0 ? json : texts.join('\n');
}

/** The attack inside its host, where redaction left it as the finding showed it. */
function attackIn(text: string | undefined, excerpt: string): string | undefined {
  const shown = excerpt.replace(/^…|…$/g, '');
  return text !== undefined && shown !== '' && shown !== text && text.includes(shown) ? shown : undefined;
}

function parse(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
