import { runWithStack } from './run-with-stack.mjs';

await runWithStack('conformance', 'conformance', 'main.ts');
