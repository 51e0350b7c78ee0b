import { findJsonFault } from '@sallyport/mcp';

/** JSON text of what is kept, characters. */
const maxLength = 8 * 1024;
const maxNames = 50;
const limits = { maxDepth: 10, maxKeys: 500 };

/** What a server declared it can do, kept whole where it is small and honest JSON, else only the names. */
export function declaredCapabilities(
  declared: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const isPlain = findJsonFault(declared, limits) === undefined;
  const text = isPlain ? JSON.stringify(declared) : '';
  // A NUL, even escaped, is what Postgres cannot keep as JSON.
  if (isPlain && text.length <= maxLength && !text.includes('\\u0000')) return declared;
  const names = Object.keys(declared).filter((name) => /^[A-Za-z0-9_./-]{1,64}$/.test(name));
  return Object.fromEntries(names.slice(0, maxNames).map((name) => [name, {}]));
}
