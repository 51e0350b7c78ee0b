import { createRequire } from 'node:module';
import type { CedarEngine } from '../engine.ts';

const require = createRequire(import.meta.url);
const modulePath = require.resolve('@cedar-policy/cedar-wasm/nodejs');

/** A fresh instance of the real engine. */
export function loadCedar(): CedarEngine {
  delete require.cache[modulePath];
  return require(modulePath) as CedarEngine;
}
