import { createLogger } from '@sallyport/telemetry';
import { readEnv } from './env.ts';
import { startJobs } from './start-jobs.ts';

const env = readEnv(process.env);
const log = createLogger({ name: 'jobs', level: env.LOG_LEVEL });
const jobs = await startJobs(env, log);
log.info('jobs are running');

const drainMs = 20_000;
let isStopping = false;
const stop = (): void => {
  if (isStopping) return;
  isStopping = true;
  // A vetting that does not end in time is found by the reconciler of the next process.
  setTimeout(() => process.exit(0), drainMs).unref();
  jobs.close().then(
    () => process.exit(0),
    (err: unknown) => {
      log.error({ err }, 'closing failed');
      process.exit(1);
    },
  );
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
if (env.SALLYPORT_PARENT_PIPE === '1') process.stdin.on('end', stop).on('error', stop).resume();
