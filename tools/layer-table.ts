/** One workspace lib: its layer, and which workspace libs it may import. The table of the architecture, as data. */
interface LibRow {
  readonly layer: 0 | 1 | 2 | 3 | 4 | 'test';
  readonly mayImport: readonly string[];
}

const core = ['kernel'] as const;
const layers01 = [...core, 'mcp', 'policy', 'detection', 'ledger'] as const;
const layers02 = [...layers01, 'snapshot', 'vetting'] as const;
const layers03 = [...layers02, 'db', 'bus', 'outbound', 'vault', 'telemetry'] as const;

/** An arrow only points down. */
export const libTable: Readonly<Record<string, LibRow>> = {
  kernel: { layer: 0, mayImport: [] },
  mcp: { layer: 1, mayImport: core },
  policy: { layer: 1, mayImport: core },
  detection: { layer: 1, mayImport: core },
  ledger: { layer: 1, mayImport: core },
  snapshot: { layer: 2, mayImport: layers01 },
  vetting: { layer: 2, mayImport: layers01 },
  db: { layer: 3, mayImport: core },
  bus: { layer: 3, mayImport: layers02 },
  outbound: { layer: 3, mayImport: core },
  vault: { layer: 3, mayImport: ['kernel', 'outbound'] },
  telemetry: { layer: 3, mayImport: core },
  ui: { layer: 4, mayImport: [] },
  testkit: { layer: 'test', mayImport: layers03 },
};

/** Which workspace libs each app may import; `testkit` only as a devDependency. Apps never import apps. */
export const appTable: Readonly<Record<string, readonly string[]>> = {
  'control-plane': layers03,
  'data-plane': layers03.filter((lib) => lib !== 'db'),
  jobs: layers03,
  console: [...layers02, 'ui'],
  'demo-server': [],
  cli: layers03,
};

/** Layers 0–2: no Node, no environment, no clock, no chance. */
export const pureLibs: readonly string[] = Object.entries(libTable)
  .filter(([, { layer }]) => layer === 0 || layer === 1 || layer === 2)
  .map(([name]) => name);

/** Packages that only the named places may import, each with its reason. */
export const ownedPackages = [
  {
    packages: /^(@prisma\/|prisma$)/u,
    owners: ['libs/db'],
    reason: 'the database has two doors, both in libs/db',
  },
  {
    packages: /^pg$/u,
    owners: ['libs/db', 'libs/testkit', 'e2e'],
    reason: 'the database has two doors, both in libs/db',
  },
  {
    packages: /^(undici|axios|got|node-fetch|ky)$/u,
    owners: ['libs/outbound', 'e2e'],
    reason: 'libs/outbound is the only way to call a URL',
  },
  {
    packages: /^ioredis$/u,
    owners: ['libs/bus', 'libs/testkit', 'e2e'],
    reason: 'every Redis key lives in libs/bus',
  },
  {
    packages: /^@nestjs\//u,
    owners: ['apps/control-plane'],
    reason: 'only the control plane is a Nest application',
  },
  {
    packages: /^(react|react-dom|@base-ui\/react)$/u,
    owners: ['apps/console', 'libs/ui'],
    reason: 'only the console and its design system draw',
  },
  {
    packages: /^@cedar-policy\//u,
    owners: ['libs/policy', 'apps/console'],
    reason: 'policies are compiled and decided in libs/policy',
  },
] as const;

/** What the text of a pure lib may not contain, each with its reason. */
export const impureWords = [
  { pattern: /\bprocess\s*\.\s*env\b/u, reason: 'settings come in as arguments' },
  { pattern: /\bDate\s*\.\s*now\s*\(|\bnew\s+Date\s*\(\s*\)/u, reason: 'time comes in as an argument' },
  {
    pattern: /\bMath\s*\.\s*random\s*\(|\bcrypto\s*\.\s*(randomUUID|getRandomValues)\b/u,
    reason: 'chance comes in as an argument',
  },
  {
    pattern: /\b(setTimeout|setInterval|setImmediate|queueMicrotask)\s*\(/u,
    reason: 'a pure lib has no timers',
  },
  { pattern: /\bBuffer\s*[.(]/u, reason: 'Buffer is Node: use Uint8Array' },
  { pattern: /\bfetch\s*\(/u, reason: 'a pure lib calls no URL' },
] as const;
