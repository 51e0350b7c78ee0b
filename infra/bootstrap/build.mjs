import { existsSync, rmSync } from 'node:fs';
import { inRoot, pinnedNode, toolPath } from './paths.mjs';
import { runCommand, tail } from './run-command.mjs';
import { digestOf, isFresh, stamp } from './stamps.mjs';
import { StopError } from './stop-error.mjs';

const pureLibs = ['kernel', 'mcp', 'policy', 'detection', 'ledger'].map((name) => `libs/${name}/src`);

/**
 * Everything that is made from sources: what it is made from, what must exist afterwards, how it is made.
 * `npm start` makes the rows marked `isRuntime`; `npm run generate` the ones marked `isGenerated`.
 */
export const makeTable = [
  {
    name: 'Prisma client',
    isRuntime: true,
    isGenerated: true,
    workspace: 'libs/db',
    inputs: ['prisma/schema.prisma', 'libs/db/prisma.config.ts', 'libs/db/package.json'],
    output: 'libs/db/src/generated',
    needs: 'prisma/schema.prisma',
    commands: [['prisma', 'generate', '--schema', inRoot('prisma', 'schema.prisma')]],
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  },
  {
    name: 'Console documents',
    isRuntime: true,
    isGenerated: true,
    workspace: 'apps/console',
    inputs: ['apps/control-plane/schema.graphql', 'apps/console/codegen.ts', 'apps/console/src'],
    output: 'apps/console/src/generated',
    needs: 'apps/console/codegen.ts',
    commands: [
      ['graphql-codegen', '--config', 'codegen.ts'],
      ['node', 'tools/copy-persisted-documents.mjs'],
    ],
  },
  {
    name: 'Control plane',
    isRuntime: true,
    after: ['Prisma client'],
    workspace: 'apps/control-plane',
    inputs: [
      'apps/control-plane/src',
      'apps/control-plane/tsconfig.json',
      'apps/control-plane/tsconfig.build.json',
      'tsconfig.base.json',
      'prisma/schema.prisma',
    ],
    output: 'apps/control-plane/dist/main.js',
    needs: 'apps/control-plane/tsconfig.build.json',
    cleans: 'apps/control-plane/dist',
    commands: [['tsc', '-p', 'tsconfig.build.json']],
  },
  {
    name: 'Console',
    isRuntime: true,
    after: ['Console documents'],
    workspace: 'apps/console',
    inputs: ['apps/console', 'libs/ui', ...pureLibs, 'apps/control-plane/schema.graphql'],
    output: 'apps/console/dist/index.html',
    needs: 'apps/console/vite.config.ts',
    commands: [['vite', 'build', '--logLevel', 'warn']],
  },
];

const runIn = (row, [program, ...args]) =>
  runCommand(program, args, {
    cwd: inRoot(row.workspace),
    env: { ...process.env, ...row.env, PATH: toolPath(row.workspace), NODE_ENV: 'production', NO_COLOR: '1' },
  });

const make = async (row, digest) => {
  if (row.cleans) rmSync(inRoot(row.cleans), { recursive: true, force: true });
  for (const command of row.commands) {
    const result = await runIn(row, command);
    if (result.code !== 0)
      throw new StopError(
        `${row.name} could not be made (\`${command.join(' ')}\` in ${row.workspace}).`,
        tail(result.output, 20),
      );
  }
  if (!existsSync(inRoot(row.output)))
    throw new StopError(`${row.name} was made, but ${row.output} is not there.`, '');
  stamp(`make:${row.name}`, digest);
};

const isNeeded = (row, digest) =>
  existsSync(inRoot(row.needs)) && !(isFresh(`make:${row.name}`, digest) && existsSync(inRoot(row.output)));

/** Makes the chosen rows whose inputs changed (or all, when told to), each after the rows it names. */
export const makeAll = async (progress, { choose = (row) => row.isRuntime, isForced = false } = {}) => {
  if (pinnedNode() === undefined)
    throw new StopError('The pinned Node is not installed.', 'Run `npm start` once.');
  const started = new Map();
  for (const row of makeTable.filter(choose)) {
    const before = (row.after ?? []).map((name) => started.get(name));
    started.set(
      row.name,
      Promise.all(before).then(async () => {
        const digest = digestOf([...row.inputs, 'pnpm-lock.yaml']);
        if (!existsSync(inRoot(row.needs)) || (!isForced && !isNeeded(row, digest))) return;
        await progress.step(`Build: ${row.name}`, () => make(row, digest));
      }),
    );
  }
  await Promise.all(started.values());
};
