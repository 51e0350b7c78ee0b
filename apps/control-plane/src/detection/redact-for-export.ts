import { redactJson, redactText, uniformPolicy } from '@sallyport/detection';

/** Whatever the tenant does with such values in calls: none of them leaves with a row. */
const everything = uniformPolicy('mask');

/** A text without what must not leave the tenant. */
export function redactTextForExport(text: string): string {
  return redactText(text, everything, null).value;
}

/** JSON without what must not leave the tenant; undefined where it could not be looked at whole. */
export function redactForExport(value: unknown): unknown {
  const { value: redacted, isCut } = redactJson(value, everything, null);
  return isCut ? undefined : redacted;
}
