export type Json = Readonly<Record<string, unknown>>;

/** The value as an object, or nothing. */
export function asObject(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The members of a list that are objects. */
export function objectsOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(asObject).filter((each) => each !== null) : [];
}

export const pretty = (value: unknown): string => JSON.stringify(value, null, 2) ?? '';
