import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { composeServices, startLoops } from './composition.ts';
import { createApp } from './create-app.ts';
import { readEnv } from './env.ts';
import { readPersistedDocuments } from './graphql/persisted-documents.ts';
import { openPlatform } from './platform/platform.ts';

const builtDocuments = fileURLToPath(new URL('../persisted-documents.json', import.meta.url));

const env = readEnv(process.env);
if (env.CONSOLE_DIST !== undefined && !existsSync(env.CONSOLE_DIST)) delete env.CONSOLE_DIST;
const platform = await openPlatform(env);
const services = composeServices(platform);
const documents = readPersistedDocuments(env.PERSISTED_DOCUMENTS ?? builtDocuments);
const app = await createApp({ platform, services, documents });
for (const origin of env.PRIVATE_ORIGINS) await services.operator.origins.allow(origin, 'seed', null);
await services.publisher.publishInstallationNow();
const stopLoops = startLoops(platform, services);
await app.listen(env.CONTROL_PLANE_PORT, '127.0.0.1');
platform.log.info(
  { port: env.CONTROL_PLANE_PORT, documents: documents.size },
  'the control plane is running',
);

let isStopping = false;
const stop = (): void => {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(0), 10_000).unref();
  services.hub.closeAll();
  app
    .close()
    .then(stopLoops)
    .then(() => platform.close())
    .then(
      () => process.exit(0),
      (err: unknown) => {
        platform.log.error({ err }, 'closing failed');
        process.exit(1);
      },
    );
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// A launcher that was killed closes our stdin: nothing is left behind.
if (env.SALLYPORT_PARENT_PIPE === '1') process.stdin.on('end', stop).on('error', stop).resume();
