import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

/** One copy for all, the one that Node takes: a second one (its `module` field) does not know the first one's types. */
const graphql = createRequire(new URL('./apps/control-plane/package.json', import.meta.url)).resolve(
  'graphql',
);

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    include: ['libs/**/*.test.ts', 'apps/**/*.test.ts', 'tools/**/*.test.ts', 'infra/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'apps/console/**', 'libs/ui/**'],
    globalSetup: ['libs/testkit/src/global-setup.ts'],
    testTimeout: 15_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
