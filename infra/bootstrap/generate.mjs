import { makeAll } from './build.mjs';
import { withCheckoutLock } from './checkout-lock.mjs';
import { generateCommitted } from './generated-files.mjs';
import { installDependencies } from './install.mjs';
import { checkMachine } from './machine.mjs';
import { createProgress } from './progress.mjs';
import { printFault } from './stop-error.mjs';

try {
  checkMachine();
  const progress = createProgress();
  await withCheckoutLock(async () => {
    await installDependencies(progress);
    await makeAll(progress, { choose: (row) => row.isGenerated, isForced: true });
    await generateCommitted(progress);
  });
  progress.end();
} catch (error) {
  printFault(error);
  process.exit(1);
}
