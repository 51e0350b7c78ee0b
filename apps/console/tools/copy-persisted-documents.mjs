// Hands the allow-list of operations to the control plane, keys as bare SHA-256 hex.
import { readFileSync, writeFileSync } from 'node:fs';

const source = new URL('../src/generated/persisted-documents.json', import.meta.url);
const target = new URL('../../control-plane/persisted-documents.json', import.meta.url);
const documents = Object.entries(JSON.parse(readFileSync(source, 'utf8')))
  .map(([hash, text]) => [hash.replace(/^sha256:/, ''), text])
  .sort(([a], [b]) => (a < b ? -1 : 1));
const next = `${JSON.stringify(Object.fromEntries(documents), null, 2)}\n`;

let before = '';
try {
  before = readFileSync(target, 'utf8');
} catch {
  // The first run has nothing to compare with.
}
if (before !== next) writeFileSync(target, next);
process.stdout.write(`${documents.length} persisted documents\n`);
