import { findSensitive } from '@sallyport/detection';

/** A text without what must not leave the tenant: each value becomes the name of its type. */
export function redactTextForExport(text: string): string {
  let out = '';
  let at = 0;
  for (const { start, end, type } of findSensitive(text)) {
    out += `${text.slice(at, start)}[${type}]`;
    at = end;
  }
  return out + text.slice(at);
}

/** JSON without what must not leave the tenant. */
export function redactForExport(value: unknown): unknown {
  if (typeof value === 'string') return redactTextForExport(value);
  if (Array.isArray(value)) return value.map(redactForExport);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [redactTextForExport(name), redactForExport(part)]),
  );
}
