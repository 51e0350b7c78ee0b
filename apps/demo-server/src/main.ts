import { startDemoServer } from './demo-server.ts';
import { readEnv } from './env.ts';

const env = readEnv(process.env);
const demo = await startDemoServer(env.DEMO_PORT);
process.stdout.write(
  `${JSON.stringify({ level: 'info', app: 'demo-server', port: demo.port, msg: 'listening' })}\n`,
);

let isStopping = false;
const stop = (): void => {
  if (isStopping) return;
  isStopping = true;
  void demo.close().then(() => process.exit(0));
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
if (env.SALLYPORT_PARENT_PIPE === '1') process.stdin.on('end', stop).on('error', stop).resume();
