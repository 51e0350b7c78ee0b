import { type ArgumentView, argumentRule, type NoteHit } from './argument-view.ts';

const header = argumentRule('header_injection', 'Line break that starts a header of its own');
const lineBreak = argumentRule('line_break', 'Line break where one line belongs');

const oneLine: ReadonlySet<ArgumentView['role']> = new Set(['url', 'path', 'identifier', 'email']);
const headerLine =
  /^(?:set-cookie|location|content-(?:type|length|disposition)|x-[a-z-]{2,40}|bcc|cc|to|from|subject|host|refresh|http\/[0-9.]{1,3}|transfer-encoding|access-control-[a-z-]{2,40}|link|authorization|cookie|referer|header-test|reply-to|mime-version|status)\s*[: ]/i;

const maxLines = 200;

/** Finds line breaks that end a header or a command and begin another; far-eastern letters some servers cut down too. */
export function checkLines(view: ArgumentView, note: NoteHit): void {
  const { text } = view;
  if (view.role === 'code' || view.role === 'shell' || view.role === 'template') return;
  const isEncoded = view.layer !== undefined;
  let count = 0;
  for (let at = nextBreak(text, 0); at >= 0 && count < maxLines; at = nextBreak(text, at + 1)) {
    count += 1;
    const rest = text.slice(at + 1, at + 80).trimStart();
    if (!headerLine.test(rest)) continue;
    if (isEncoded && view.layer?.kind !== 'escape') note(header, at, at + 1, 0.95);
    else if (oneLine.has(view.role)) note(header, at, at + 1, 0.9);
  }
  if (count > 0 && count < 4 && isEncoded && view.layer?.kind === 'percent' && !view.isProse)
    note(lineBreak, 0, text.length, 0.6);
  else if (count > 0 && text.trim().includes('\n') && oneLine.has(view.role) && text.length < 300)
    note(lineBreak, 0, text.length, 0.35);
}

function nextBreak(text: string, from: number): number {
  for (let i = from; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (
      unit === 0x0a ||
      unit === 0x0d ||
      unit === 0x560a ||
      unit === 0x560d ||
      unit === 0x2028 ||
      unit === 0x85
    )
      return i;
  }
  return -1;
}
