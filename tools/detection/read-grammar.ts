import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads the lists of a grammar, which are data. */
export function readGrammar(name: 'attacks' | 'harmless' | 'arguments'): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'grammar', `${name}.json`), 'utf8'));
}
