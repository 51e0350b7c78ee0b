import { existsSync, readdirSync } from 'node:fs';
import { inRoot, pinnedNode } from './paths.mjs';
import { runCommand, tail } from './run-command.mjs';
import { digestOf, isFresh, stamp } from './stamps.mjs';
import { StopError } from './stop-error.mjs';

const pnpmVersion = '12.21.0';

const inputs = () => {
  const folders = ['apps', 'libs'].flatMap((group) => workspaceManifests(group));
  return [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'package.json',
    'e2e/package.json',
    'tools/package.json',
    ...folders,
  ];
};

const workspaceManifests = (group) =>
  readdirSync(inRoot(group)).map((name) => `${group}/${name}/package.json`);

const isInstalled = (digest) =>
  isFresh('install', digest) &&
  existsSync(inRoot('node_modules', '.modules.yaml')) &&
  pinnedNode() !== undefined;

const advice = (output) => {
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|fetch failed/u.test(output))
    return 'The npm registry cannot be reached: check the network or the proxy (`npm config get registry`) and run the command again.';
  if (/ENOSPC/u.test(output)) return 'The disk is full: free some space and run the command again.';
  if (/OUTDATED_LOCKFILE|frozen-lockfile/u.test(output))
    return `A package.json differs from pnpm-lock.yaml: run \`npx pnpm@${pnpmVersion} install\` and commit the lock file.`;
  return 'Run the command again; if it fails the same way, remove node_modules and try once more.';
};

/** Installs the locked dependencies (Node 24 and Postgres among them) unless exactly these are installed. */
export const installDependencies = async (progress) => {
  const digest = digestOf(inputs());
  if (isInstalled(digest)) return;
  await progress.step('Install dependencies', async () => {
    const result = await runCommand(
      'npx',
      [
        '--yes',
        `pnpm@${pnpmVersion}`,
        'install',
        '--frozen-lockfile',
        '--prefer-offline',
        '--config.confirmModulesPurge=false',
      ],
      { env: { ...process.env, CI: 'true' } },
    );
    if (result.code !== 0 || pinnedNode() === undefined)
      throw new StopError(
        'The dependencies could not be installed.',
        `${tail(result.output, 12)}\n${advice(result.output)}`,
      );
    stamp('install', digest);
  });
};
