/** Who may import whom, seen through resolved imports. Each rule is an error and says why it is there. */

const pureLibs = '^libs/(kernel|mcp|policy|detection|ledger|snapshot|vetting)/src/';
const tests = '(\\.(test|spec|property|test-d)\\.tsx?$|/(__fixtures__|testing)/)';

/** What each lib may reach; the same table is checked against the package.json files by tools/layers.ts. */
const allowedBelow = {
  kernel: [],
  mcp: ['kernel'],
  policy: ['kernel'],
  detection: ['kernel'],
  ledger: ['kernel'],
  snapshot: ['kernel', 'mcp', 'policy', 'detection', 'ledger'],
  vetting: ['kernel', 'mcp', 'policy', 'detection', 'ledger'],
  db: ['kernel'],
  bus: ['kernel', 'mcp', 'policy', 'detection', 'ledger', 'snapshot', 'vetting'],
  outbound: ['kernel'],
  vault: ['kernel', 'outbound'],
  telemetry: ['kernel'],
  ui: [],
};

const layerRules = Object.entries(allowedBelow).map(([lib, below]) => ({
  name: `layer-${lib}`,
  severity: 'error',
  comment: `libs/${lib} may import ${below.length > 0 ? below.join(', ') : 'no other workspace lib'}: an arrow only points down.`,
  from: { path: `^libs/${lib}/`, pathNot: tests },
  to: { path: '^(libs|apps|e2e|tools)/', pathNot: `^libs/(${[lib, ...below].join('|')})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'Two files that import each other are one file cut in the wrong place.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'apps-stand-alone',
      severity: 'error',
      comment: 'Apps never import apps: what two of them need is a lib.',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-know-no-app',
      severity: 'error',
      comment: 'A lib never knows who uses it.',
      from: { path: '^libs/' },
      to: { path: '^(apps|e2e|tools)/' },
    },
    {
      name: 'pure-libs-know-no-node',
      severity: 'error',
      comment: 'Layers 0–2 run in the console, the worker and the command line alike: no Node built-in.',
      from: { path: pureLibs, pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'data-plane-without-database',
      severity: 'error',
      comment: 'A worker answers without Postgres; it never imports the database.',
      from: { path: '^apps/data-plane/' },
      to: { path: '^libs/db/|/node_modules/(pg|@prisma)/' },
    },
    {
      name: 'tests-only-from-tests',
      severity: 'error',
      comment: 'No product code leans on a test or on the testkit.',
      from: { path: '^(apps|libs)/', pathNot: `${tests}|^libs/testkit/` },
      to: { path: `\\.(test|spec|test-d)\\.tsx?$|^libs/testkit/` },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'An import that resolves to nothing fails when it runs.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:|[.]css|[.]wasm|[?]url$|/generated/' },
    },
    {
      name: 'detection-front-door',
      severity: 'error',
      comment: 'Products use what the index of detection offers; only training and tests look inside.',
      from: { path: '^(apps|libs|e2e)/', pathNot: `^libs/detection/|${tests}` },
      to: { path: '^libs/detection/(corpus/|src/(?!index\\.ts$))' },
    },
    ...layerRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.cache|coverage)/|/generated/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.d.ts', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
