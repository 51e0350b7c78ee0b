import { LineFault } from './run-lines.ts';

/** An object of one line, and the id that its answer carries. */
export interface LineObject {
  readonly id: string | number | null;
  readonly members: Readonly<Record<string, unknown>>;
}

/**
 * Reads a line as a JSON object.
 * @throws LineFault
 */
export function readObject(text: string): LineObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LineFault('not JSON');
  }
  if (!isObject(value)) throw new LineFault('not a JSON object');
  const { id } = value;
  return { id: typeof id === 'string' || typeof id === 'number' ? id : null, members: value };
}

/** Whether a JSON value is an object and no array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
