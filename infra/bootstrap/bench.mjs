import { runWithStack } from './run-with-stack.mjs';

await runWithStack('bench', 'bench', 'main.ts');
