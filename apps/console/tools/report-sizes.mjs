// Prints what a first visit loads and what the lazy parts weigh; fails when a budget is broken.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budgetKb = 180;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

const gzipped = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;

function closure(key, seen = new Set()) {
  const chunk = manifest[key];
  if (chunk === undefined || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const next of chunk.imports ?? []) closure(next, seen);
  return seen;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const first = closure(entry);
const firstBytes = [...first].reduce((sum, file) => sum + gzipped(file), 0);
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const lazy = Object.values(manifest)
  .filter((chunk) => chunk.file.endsWith('.js') && !first.has(chunk.file))
  .map((chunk) => ({ name: chunk.name ?? chunk.file, bytes: gzipped(chunk.file) }))
  .sort((a, b) => b.bytes - a.bytes);
for (const { name, bytes } of lazy) process.stdout.write(`  lazy  ${kb(bytes).padStart(9)}  ${name}\n`);
process.stdout.write(`first JS ${kb(firstBytes)} gzip of ${budgetKb} kB\n`);
if (firstBytes > budgetKb * 1000) {
  process.stdout.write('first JS is over its budget\n');
  process.exitCode = 1;
}
