import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StopError } from './stop-error.mjs';

const password = () => randomBytes(24).toString('base64url');
const key32 = () => randomBytes(32).toString('base64');

/** The Postgres login roles: one per door and purpose of `libs/db`. */
export const databaseRoles = ['app', 'authenticator', 'operator', 'publisher', 'ingester', 'scheduler'];

/** The Redis users: one per kind of process. */
export const redisUsers = ['control', 'worker', 'jobs', 'tests'];

const passwords = (names) => Object.fromEntries(names.map((name) => [name, password()]));

const x25519Pair = () => {
  const { privateKey } = generateKeyPairSync('x25519');
  const { x, d } = privateKey.export({ format: 'jwk' });
  const base64 = (text) => Buffer.from(text, 'base64url').toString('base64');
  return { publicKey: base64(x), privateKey: base64(d) };
};

const signingPair = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return {
    keyId: `k-${createHash('sha256').update(spki).digest('hex').slice(0, 12)}`,
    publicKey: spki.toString('base64'),
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  };
};

/** Every secret of an installation and how it is made; a new row here reaches old installations at their next start. */
const recipes = {
  postgresPassword: password,
  rolePasswords: () => passwords(databaseRoles),
  redisPasswords: () => passwords(redisUsers),
  vaultKek: key32,
  workerSeal: x25519Pair,
  bodySeal: x25519Pair,
  snapshotSigning: signingPair,
  sessionHandleKey: key32,
  spoolKey: key32,
  ingestToken: password,
  operatorToken: password,
};

/** Makes a folder that only we may enter. */
export const privateFolder = (path) => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  return path;
};

/** Writes a file that only we may read, whole or not at all. */
export const writePrivateFile = (path, text) => {
  const next = `${path}.${process.pid}`;
  writeFileSync(next, text, { mode: 0o600 });
  chmodSync(next, 0o600);
  renameSync(next, path);
};

const read = (file) => {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new StopError(
      `${file} is not readable as JSON.`,
      'Restore it from a backup, or start over with `npm start -- --reset` (this removes all data).',
    );
  }
};

const completed = (have, wanted) =>
  wanted !== null && typeof wanted === 'object' && !Array.isArray(wanted)
    ? { ...wanted, ...have }
    : (have ?? wanted);

/** The secrets of an installation: read, completed with what is missing, kept with mode 0600. */
export const loadSecrets = (home) => {
  const file = join(privateFolder(home), 'secrets.json');
  const have = read(file);
  const made = Object.fromEntries(
    Object.entries(recipes).map(([name, make]) => [name, completed(have[name], make())]),
  );
  const secrets = { ...have, ...made };
  writePrivateFile(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
};

/** Adds to the kept secrets, for example the demo key that the seed made. */
export const keepSecrets = (home, more) => {
  const file = join(home, 'secrets.json');
  const next = { ...read(file), ...more };
  writePrivateFile(file, `${JSON.stringify(next, null, 2)}\n`);
  return next;
};
