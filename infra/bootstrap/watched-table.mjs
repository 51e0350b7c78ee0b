import { inRoot, pinnedNode, toolPath } from './paths.mjs';
import { commonEnv, isOk, loopback, processTable, staysUp } from './process-table.mjs';

const settleMs = 1500;

/** A row of the process table that Node starts again whenever a source of it changes. */
const watched = (row) => ({ ...row, args: ['--watch', '--watch-preserve-output', ...row.args] });

const compiler = ({ settings }) => ({
  name: 'control-plane-compiler',
  command: 'tsc',
  args: ['--watch', '--preserveWatchOutput', '-p', inRoot('apps', 'control-plane', 'tsconfig.build.json')],
  cwd: inRoot('apps', 'control-plane'),
  env: { ...commonEnv(settings), PATH: toolPath() },
  isParentPipe: false,
  isReady: staysUp(settleMs),
});

/** Vite answers on the console's port and hands everything else to the control plane behind it. */
const viteServer = ({ settings, controlPort }) => ({
  name: 'console',
  command: pinnedNode(),
  args: [
    inRoot('apps', 'console', 'node_modules', 'vite', 'bin', 'vite.js'),
    '--port',
    String(settings.port),
    '--strictPort',
  ],
  cwd: inRoot('apps', 'console'),
  env: { ...commonEnv(settings), PATH: toolPath('apps/console'), CONTROL_PLANE_URL: loopback(controlPort) },
  isParentPipe: false,
  isReady: () => isOk(loopback(settings.port, '/')),
});

/** The process table in watch mode. */
export const watchedTable = (wiring) => [
  ...processTable(wiring).map(watched),
  compiler(wiring),
  viteServer(wiring),
];
