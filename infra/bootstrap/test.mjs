import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAll } from './build.mjs';
import { runChecks } from './check-table.mjs';
import { withCheckoutLock } from './checkout-lock.mjs';
import { installDependencies } from './install.mjs';
import { checkMachine } from './machine.mjs';
import { cacheFolder, inRoot, root, toolPath } from './paths.mjs';
import { forgetRemovedInstallations } from './postgres.mjs';
import { createProgress } from './progress.mjs';
import { printFault, StopError } from './stop-error.mjs';
import { ensureTool } from './system-packages.mjs';
import { fromChecks, fromVitest, judgeSkips, orEmpty, readAllowedSkips, sumLine } from './test-results.mjs';

const suiteTimeoutMs = 45 * 60_000;
const isCi = Boolean(process.env.CI) && process.env.CI !== 'false';

/** What the tests need of the system; a missing browser or Redis is a failure, a missing sandbox is one where Linux has it. */
const prepareSystem = async (progress) => {
  const tools = {};
  for (const tool of ['redis', 'bubblewrap', 'chromium']) {
    await progress.step(`System: ${tool}`, async () => {
      const found = await ensureTool(tool);
      if (found.kind !== 'missing') tools[tool] = found.path;
      else if (tool !== 'bubblewrap')
        throw new StopError(
          `${tool} is not installed and could not be (${found.reason}).`,
          'Install it by hand and run the tests again.',
        );
      return found.kind === 'missing' ? `missing: ${found.reason}` : found.path;
    });
  }
  return tools;
};

let current;
const endCurrent = (signal) => {
  if (current === undefined) return;
  try {
    process.kill(-current.pid, signal);
  } catch {}
};

/** Runs vitest in a process group of its own, output shown as it comes; the JSON report is the result. */
const runVitest = async (suite, args, env) => {
  const output = join(cacheFolder, 'reports', `${suite}.json`);
  mkdirSync(join(cacheFolder, 'reports'), { recursive: true });
  rmSync(output, { force: true });
  const code = await new Promise((done) => {
    current = spawn(
      inRoot('node_modules', '.bin', 'vitest'),
      ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${output}`],
      {
        cwd: root,
        env: { ...env, PATH: toolPath('apps/console') },
        stdio: ['ignore', 'inherit', 'inherit'],
        detached: true,
      },
    );
    const timer = setTimeout(() => endCurrent('SIGKILL'), suiteTimeoutMs);
    current.on('error', () => done(127));
    current.on('exit', (status, signal) => {
      clearTimeout(timer);
      endCurrent('SIGKILL');
      current = undefined;
      done(status ?? signal);
    });
  });
  if (!existsSync(output))
    return [
      { name: `${suite}: the run`, status: 'failed', why: `vitest ended with ${code} and left no report` },
    ];
  const tests = fromVitest(suite, JSON.parse(readFileSync(output, 'utf8')));
  const isSilentFailure = code !== 0 && !tests.some(({ status }) => status === 'failed');
  return isSilentFailure
    ? [...tests, { name: `${suite}: the run`, status: 'failed', why: `vitest ended with ${code}` }]
    : tests;
};

const hasTests = (config) => existsSync(inRoot(config));

/** The suites in their order; each returns its tests. */
const suites = [
  { name: 'check', run: async ({ progress }) => fromChecks(await runChecks(progress)) },
  { name: 'unit', run: ({ env }) => runVitest('unit', ['--root', root], env) },
  {
    name: 'build',
    run: async ({ progress }) => {
      await withCheckoutLock(() => makeAll(progress));
      return [{ name: 'build: everything that npm start needs', status: 'passed', why: '' }];
    },
  },
  ...(hasTests('apps/console/vitest.config.ts')
    ? [
        {
          name: 'console',
          run: ({ env }) => runVitest('console', ['--root', inRoot('apps', 'console')], env),
        },
      ]
    : []),
  { name: 'e2e', run: ({ env }) => runVitest('e2e', ['--config', inRoot('e2e', 'vitest.config.ts')], env) },
];

const runSuite = async (suite, context) => {
  context.progress.print(`\n━━ ${suite.name}`);
  try {
    return orEmpty(suite.name, await suite.run(context));
  } catch (error) {
    return [
      { name: `${suite.name}: the run`, status: 'failed', why: `${error.message}\n${error.advice ?? ''}` },
    ];
  }
};

const chosenSuites = () => {
  const only = process.argv
    .find((word) => word.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',');
  const unknown = only?.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown)
    throw new StopError(
      `There is no suite ${unknown}.`,
      `Suites: ${suites.map(({ name }) => name).join(', ')}`,
    );
  return only ? suites.filter(({ name }) => only.includes(name)) : suites;
};

const allowedSkips = () => {
  const file = inRoot('e2e', 'allowed-skips.txt');
  return existsSync(file) ? readAllowedSkips(readFileSync(file, 'utf8')) : new Set();
};

const report = (tests) => {
  const failed = tests.filter(({ status }) => status === 'failed');
  const skipped = tests.filter(({ status }) => status === 'skipped');
  if (skipped.length > 0)
    process.stdout.write(`\nSkipped:\n${skipped.map(({ name }) => `  ${name}`).join('\n')}\n`);
  for (const { name, why } of failed)
    process.stdout.write(
      `\n✗ ${name}\n${why
        .trim()
        .split('\n')
        .slice(0, 60)
        .map((line) => `    ${line}`)
        .join('\n')}\n`,
    );
  process.stdout.write(`\n${sumLine(tests)}\n`);
  return failed.length === 0 ? 0 : 1;
};

const runAll = async ({ progress, home }) => {
  checkMachine();
  const chosen = chosenSuites();
  await withCheckoutLock(async () => {
    await installDependencies(progress);
    await makeAll(progress, { choose: (row) => row.isGenerated });
  });
  const tools = await prepareSystem(progress);
  const env = {
    ...process.env,
    NODE_NO_WARNINGS: '1',
    SALLYPORT_HOME: home,
    CHROMIUM_PATH: tools.chromium,
    REDIS_SERVER: tools.redis,
  };
  const tests = [];
  for (const suite of chosen) tests.push(...(await runSuite(suite, { progress, env })));
  return isCi ? judgeSkips(tests, allowedSkips()) : tests;
};

const main = async () => {
  const progress = createProgress();
  const home = mkdtempSync(join(tmpdir(), 'sallyport-test-'));
  const leave = (code) => {
    endCurrent('SIGTERM');
    rmSync(home, { recursive: true, force: true });
    forgetRemovedInstallations();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => leave(130));
  const tests = await runAll({ progress, home }).catch((error) => {
    printFault(error);
    return [{ name: 'preparing the tests', status: 'failed', why: error.message }];
  });
  progress.end();
  leave(report(tests));
};

await main();
