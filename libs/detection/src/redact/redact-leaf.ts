import type { JsonWalk } from './redact-json.ts';
import { maskOf, replaceSpans } from './redact-text.ts';
import { allowsNumber, allowsString, formatMasks, type SchemaPlace } from './schema-place.ts';
import type { SensitiveSpan } from './sensitive-type.ts';

export interface LeafPlace {
  readonly path: string;
  readonly name: string;
  readonly schemas: SchemaPlace;
}

/** A string without its private data, still of its schema; where no form of it would be, it stays and is told. */
export function redactString({ ledger, unitsLeft }: JsonWalk, value: string, place: LeafPlace): string {
  const { path, name, schemas } = place;
  const options = { name, ...(unitsLeft < 0 ? { maxUnits: Math.max(0, value.length + unitsLeft) } : {}) };
  if (unitsLeft < 0) ledger.cut();
  if (schemas.length === 0 || allowsAnything(schemas)) return ledger.redact(value, path, options);
  const spans = ledger.find(value, options);
  if (spans.length === 0) return value;
  const forms = formsOf(value, spans, schemas);
  const plain = forms.find((form) => allowsString(schemas, form));
  const replaced = ledger.redact(value, path, options);
  if (replaced === value || allowsString(schemas, replaced)) return replaced;
  if (plain !== undefined) return plain;
  for (const { type } of spans) ledger.note(path, type, 'alert');
  return value;
}

function allowsAnything(schemas: SchemaPlace): boolean {
  return schemas.every(
    (schema) =>
      schema.const === undefined &&
      schema.enum === undefined &&
      schema.pattern === undefined &&
      schema.format === undefined &&
      schema.minLength === undefined &&
      schema.maxLength === undefined,
  );
}

/** Other ways to say nothing, for schemas that take neither mask nor token. */
function formsOf(value: string, spans: readonly SensitiveSpan[], schemas: SchemaPlace): readonly string[] {
  const formats = schemas.flatMap(({ format }) =>
    typeof format === 'string' && Object.hasOwn(formatMasks, format) ? [formatMasks[format] ?? ''] : [],
  );
  const choices = schemas.flatMap(({ enum: list }) =>
    Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [],
  );
  return [
    replaceSpans(value, spans, ({ type }) => maskOf(type)),
    ...formats,
    replaceSpans(value, spans, (_span, held) => blank(held)),
    replaceSpans(value, spans, (_span, held) => '*'.repeat(held.length)),
    '',
    ...choices.filter((choice) => choice !== value),
  ];
}

/** The same form without the content: every digit 0, every letter x. */
function blank(held: string): string {
  return held.replace(/\d/g, '0').replace(/[a-z]/g, 'x').replace(/[A-Z]/g, 'X');
}

const minNumber = 10_000;

/** A number that is private data becomes 0, or another number its schema takes. */
export function redactNumber({ ledger }: JsonWalk, value: number, place: LeafPlace): number {
  if (!Number.isSafeInteger(value) || Math.abs(value) < minNumber) return value;
  const spans = ledger.find(String(value), { name: place.name });
  const [span] = spans;
  if (span === undefined) return value;
  const wanted = [
    0,
    1,
    ...place.schemas.flatMap(({ minimum }) => (typeof minimum === 'number' ? [Math.ceil(minimum)] : [])),
  ];
  const other = wanted.find((entry) => allowsNumber(place.schemas, entry));
  // A number cannot become a token: it is masked, and counted as that.
  if (!ledger.masks(span.type, place.path)) return value;
  if (other !== undefined) return other;
  ledger.note(place.path, span.type, 'alert');
  return value;
}
