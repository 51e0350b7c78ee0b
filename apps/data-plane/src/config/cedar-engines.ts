import { createRequire } from 'node:module';
import { type CedarEngine, type EngineHolder, holdEngine } from '@sallyport/policy';

const require = createRequire(import.meta.url);

/** Cedar as WebAssembly; after a crash of the instance a fresh one is loaded. */
export function loadEngines(): EngineHolder {
  return holdEngine(() => {
    const path = require.resolve('@cedar-policy/cedar-wasm/nodejs');
    delete require.cache[path];
    return require(path) as CedarEngine;
  });
}
