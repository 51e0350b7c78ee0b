import type { RuleFacts } from '../finding.ts';
import { decodeRun } from '../layers/decode-runs.ts';
import { classOf, findSensitive, type SensitiveSpan } from '../redact/index.ts';
import type { ArgumentRole } from './argument-role.ts';
import type { NoteHit } from './argument-view.ts';
import { hostFacts } from './host-address.ts';

function rule(code: string, title: string): RuleFacts {
  return { code, title, severity: 'high', owasp: 'MCP10' };
}

export const exfiltrationRules = {
  inUrl: rule('private_data_in_url', 'Private data in an address'),
  encoded: rule('encoded_data_in_url', 'Text encoded into an address'),
  blob: rule('opaque_data_in_url', 'Long opaque value in an address'),
  sink: rule('data_sink', 'Address made for catching data'),
  rawHost: rule('bare_address_target', 'Data sent to a bare address'),
  outside: rule('private_data_sent', 'Private data beside a destination'),
};

/** Labels of hosts that exist to show whoever owns them what was sent. */
const sinkHosts =
  /(?:^|[./@-])(?:webhook\.site|requestbin|request-bin|requestcatcher|postb\.in|pipedream|hookbin|beeceptor|burpcollaborator|oast(?:ify)?|interact\.sh|interactsh|dnslog|ceye\.io|canarytokens|ngrok|serveo|localtunnel|loca\.lt|trycloudflare|pastebin|paste\.ee|hastebin|ghostbin|rentry|dpaste|transfer\.sh|file\.io|0x0\.st|termbin|gofile|anonfiles|catbox|temp\.sh|bashupload|webhook-test|webhookinbox|mockbin|ptsv[0-9]|smee\.io|hookdeck|typedwebhook|exfil|collector?|attacker|evil|malicious|c2)(?=[./:?-]|$)/i;

/** One string of the arguments, with what it is for. */
export interface SentValue {
  readonly text: string;
  readonly role: ArgumentRole;
  readonly name: string;
}

const maxQuery = 8_192;

/** Looks at an address on its own: who is behind it and what it carries. */
export function checkOutgoingUrl({ text, role }: SentValue, note: NoteHit): void {
  const slashes = text.indexOf('://');
  if (slashes < 0 || slashes > 2_000) return;
  const host = hostOf(text, slashes + 3);
  const sink = sinkHosts.exec(host);
  if (sink)
    note(exfiltrationRules.sink, slashes, slashes + 3 + host.length, role === 'free_text' ? 0.5 : 0.75);
  if (hostFacts(host.replace(/:[0-9]+$/, '')).kind === 'public' && /^[0-9.]+(?::[0-9]+)?$/.test(host)) {
    note(exfiltrationRules.rawHost, slashes, slashes + 3 + host.length, 0.45);
  }
  const query = text.indexOf('?', slashes);
  if (query >= 0) checkQuery(text, query + 1, note);
}

function hostOf(text: string, from: number): string {
  const piece = text.slice(from, from + 260);
  const stop = piece.search(/[/?#\s"'<>)]/);
  const authority = stop < 0 ? piece : piece.slice(0, stop);
  return authority.slice(authority.lastIndexOf('@') + 1);
}

function checkQuery(text: string, from: number, note: NoteHit): void {
  const query = text.slice(from, from + maxQuery);
  let at = 0;
  for (const pair of query.split('&', 64)) {
    const equals = pair.indexOf('=');
    const value = equals < 0 ? pair : pair.slice(equals + 1);
    const start = from + at + pair.length - value.length;
    judgeValue(value, pair.slice(0, Math.max(0, equals)), (facts, confidence) =>
      note(facts, start, start + value.length, confidence),
    );
    at += pair.length + 1;
  }
}

/** Names of values that are opaque by nature. */
const opaqueNames =
  /cursor|token|state|code|sig|signature|hash|nonce|jwt|page|continuation|after|before|etag|key|challenge|verifier|hmac|policy|expires|v$|id$/i;

function judgeValue(
  value: string,
  name: string,
  found: (facts: RuleFacts, confidence: number) => void,
): void {
  if (value.length < 16) return;
  const plain = value.replaceAll('%3D', '').replaceAll('=', '');
  const decoded = /^[A-Za-z0-9+/_-]{16,}$/.test(plain) ? decodeRun(plain) : undefined;
  if (decoded) {
    const isPrivate = findSensitive(decoded.text).length > 0;
    const isCursor = opaqueNames.test(name) && /^[[{"]|^[a-z_]+:/.test(decoded.text);
    found(exfiltrationRules.encoded, isPrivate ? 0.97 : isCursor ? 0.3 : 0.85);
  } else if (plain.length >= 64 && /^[A-Za-z0-9+/_-]+$/.test(plain) && !opaqueNames.test(name))
    found(exfiltrationRules.blob, 0.4);
}

/** Data that is worth a leak on its own; an e-mail address is how letters are sent. */
function weightOf({ type }: SensitiveSpan): number {
  const kind = classOf(type);
  if (kind === 'secret' || kind === 'financial' || kind === 'health') return 1;
  if (kind === 'identity') return 1;
  return 0;
}

const maxSearched = 16_384;

/** Looks at all strings together: something private, and somewhere to send it. */
export function checkSentTogether(
  values: readonly SentValue[],
  note: (index: number, facts: RuleFacts, span: SensitiveSpan, confidence: number) => void,
): void {
  const target = values.find(isDestination);
  if (!target) return;
  for (const [index, value] of values.entries()) {
    if (value.text.length < 8) continue;
    const spans = findSensitive(value.text.slice(0, maxSearched), { name: value.name }).filter(
      (span) => weightOf(span) > 0,
    );
    const first = spans[0];
    if (!first || isLogin(value, first)) continue;
    const isInUrl = value === target && value.role === 'url';
    note(index, isInUrl ? exfiltrationRules.inUrl : exfiltrationRules.outside, first, isInUrl ? 0.9 : 0.8);
  }
}

/** A password in the field for passwords is how one logs in. */
function isLogin({ name }: SentValue, { type }: SensitiveSpan): boolean {
  return classOf(type) === 'secret' && /pass|token|secret|key|auth|credential|dsn|connection/.test(name);
}

function isDestination({ role, text, name }: SentValue): boolean {
  if (role === 'url') return text.includes('://');
  return (
    (role === 'email' && text.includes('@')) ||
    /^(?:to|recipients?|channel|phone|chat_id|webhook)$/.test(name)
  );
}
