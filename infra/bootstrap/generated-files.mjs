import { existsSync, readFileSync } from 'node:fs';
import { makeAll } from './build.mjs';
import { inRoot, pinnedNode, toolPath } from './paths.mjs';
import { runCommand, tail } from './run-command.mjs';
import { StopError } from './stop-error.mjs';

/** Files that are generated and committed, because they are contracts worth a review: who writes them, and from what. */
export const committedTable = [
  {
    output: 'apps/control-plane/schema.graphql',
    needs: 'apps/control-plane/src/print-schema.ts',
    script: 'apps/control-plane/dist/print-schema.js',
    build: ['Prisma client', 'Control plane'],
  },
  {
    output: 'apps/control-plane/persisted-documents.json',
    needs: 'apps/console/codegen.ts',
    build: ['Console documents'],
  },
  { output: '.env.example', needs: 'tools/generate-settings.ts', script: 'tools/generate-settings.ts' },
  { output: 'docs/configuration.md', needs: 'tools/generate-settings.ts' },
  {
    output: 'docs/detection.md',
    needs: 'libs/detection/model/card.json',
    script: 'tools/detection/write-model-card.ts',
  },
];

const content = (path) => (existsSync(inRoot(path)) ? readFileSync(inRoot(path), 'utf8') : undefined);

const generateOne = async (row) => {
  const result = await runCommand(pinnedNode(), [inRoot(row.script)], {
    env: { ...process.env, PATH: toolPath(), NODE_NO_WARNINGS: '1' },
  });
  if (result.code !== 0)
    throw new StopError(`${row.output} could not be generated.`, tail(result.output, 15));
};

/** Writes every committed generated file anew. */
export const generateCommitted = async (progress, { isForced = true } = {}) => {
  const rows = committedTable.filter(({ needs }) => existsSync(inRoot(needs)));
  const builds = new Set(rows.flatMap(({ build = [] }) => build));
  for (const row of rows.filter(({ script }) => script !== undefined)) {
    if (row.build) await makeAll(progress, { choose: ({ name }) => row.build.includes(name), isForced });
    await generateOne(row);
  }
  // The console's documents are checked against the schema, so they come after it.
  if (builds.has('Console documents'))
    await makeAll(progress, { choose: ({ name }) => name === 'Console documents', isForced });
};

/** The committed files that did not say what their generator says; they do now. */
export const staleFiles = async (progress) => {
  const before = committedTable.map(({ output }) => content(output));
  await generateCommitted(progress, { isForced: true });
  return committedTable
    .map(({ output }) => output)
    .filter((output, index) => content(output) !== before[index]);
};
