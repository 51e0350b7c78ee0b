import { makeAll } from './build.mjs';
import { runChecks } from './check-table.mjs';
import { withCheckoutLock } from './checkout-lock.mjs';
import { installDependencies } from './install.mjs';
import { checkMachine } from './machine.mjs';
import { createProgress } from './progress.mjs';
import { printFault } from './stop-error.mjs';

try {
  checkMachine();
  const progress = createProgress();
  await withCheckoutLock(async () => {
    await installDependencies(progress);
    await makeAll(progress, { choose: (row) => row.isGenerated });
  });
  const results = await runChecks(progress);
  const failed = results.filter(({ isGood }) => !isGood);
  for (const { name, output } of failed) progress.print(`\n── ${name}\n${output.trimEnd()}`);
  progress.print(
    failed.length === 0 ? '\nAll checks passed.' : `\n${failed.length} of ${results.length} checks failed.`,
  );
  progress.end();
  process.exit(failed.length === 0 ? 0 : 1);
} catch (error) {
  printFault(error);
  process.exit(1);
}
