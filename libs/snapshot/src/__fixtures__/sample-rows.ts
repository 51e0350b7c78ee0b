import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { createRequire } from 'node:module';
import { definitionDigest } from '@sallyport/mcp';
import { type CedarEngine, holdEngine } from '@sallyport/policy';
import type { SnapshotRows } from '../build-snapshot.ts';

const require = createRequire(import.meta.url);
const policyRequire = createRequire(require.resolve('@sallyport/policy'));
const cedarPath = policyRequire.resolve('@cedar-policy/cedar-wasm/nodejs');

export const engines = holdEngine(() => {
  delete policyRequire.cache[cedarPath];
  return policyRequire(cedarPath) as CedarEngine;
});

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

export const uuid = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

const pair = generateKeyPairSync('ed25519');
export const signText = (message: string): string =>
  sign(null, Buffer.from(message), pair.privateKey).toString('base64');
export const verifyText = (kid: string, message: string, signature: string) => {
  if (kid !== 'k1') return 'unknown_key' as const;
  const isValid = verify(null, Buffer.from(message), pair.publicKey, Buffer.from(signature, 'base64'));
  return isValid ? ('valid' as const) : ('bad_signature' as const);
};

function toolRow(n: number, server: number, name: string): SnapshotRows['tools'][number] {
  const definition = {
    name,
    description: `Does ${name} – “exactly”`,
    inputSchema: { type: 'object', properties: { n: { type: 'integer' } } },
  };
  return {
    id: uuid(n),
    serverId: uuid(server),
    kind: 'tool',
    name,
    exposedName: `server-${server}__${name}`,
    state: 'approved',
    pin: { digest: definitionDigest(definition, sha256), definition: JSON.stringify(definition) },
    detection: {},
  };
}

function itemRow(tool: number): SnapshotRows['endpoints'][number]['items'][number] {
  return { toolId: uuid(tool), name: null, description: null, hidden: false };
}

type RuleRow = SnapshotRows['detection']['rules'][number];

function ruleRow(n: number, change: Partial<RuleRow>): RuleRow {
  return {
    id: uuid(n),
    code: `custom_rule_${n}`,
    title: `Rule ${n}`,
    kind: 'keywords',
    value: 'project heron\nproject stork',
    surfaces: ['result', 'arguments'],
    severity: 'high',
    toolIds: null,
    enabled: true,
    ...change,
  };
}

/** A tenant with something of everything, also of what must not get into its snapshot. */
export function sampleRows(): SnapshotRows {
  const key = {
    prefix: 'sp_ab',
    agentId: uuid(61),
    endpointId: null,
    createdAtMs: 1,
    expiresAtMs: null,
    revokedAtMs: null,
  };
  return {
    tenant: { id: uuid(1), slug: 'demo', state: 'active', settings: { pinMaxAgeMs: 0 } },
    version: 3,
    revSeq: 2,
    endpoints: [
      { id: uuid(21), slug: 'main', selection: 'all', naming: 'prefixed', toolSearch: false, items: [] },
      {
        id: uuid(22),
        slug: 'few',
        selection: 'chosen',
        naming: 'prefixed',
        toolSearch: false,
        items: [itemRow(42), itemRow(43), itemRow(44)],
      },
    ],
    servers: [
      {
        id: uuid(31),
        slug: 'server-31',
        url: 'http://127.0.0.1:4431/mcp',
        state: 'published',
        connection: { kind: 'none' },
        capabilities: {},
      },
      {
        id: uuid(32),
        slug: 'server-32',
        url: 'https://example.test/mcp',
        state: 'published',
        connection: { kind: 'header', name: 'X-Api-Key', sealed: 'AAAA' },
        capabilities: {},
      },
      {
        id: uuid(33),
        slug: 'server-33',
        url: 'https://draft.test/',
        state: 'needs_review',
        connection: { kind: 'none' },
        capabilities: {},
      },
    ],
    tools: [
      toolRow(41, 31, 'add'),
      { ...toolRow(42, 31, 'read'), detection: { roles: { '/n': 'identifier' }, tags: ['files'] } },
      { ...toolRow(43, 32, 'drifted'), state: 'drifted' },
      { ...toolRow(44, 32, 'hidden'), state: 'hidden' },
      { ...toolRow(45, 31, 'proposed'), pin: null },
      { ...toolRow(46, 33, 'of_draft'), detection: { tags: ['draft'] } },
    ],
    agents: [
      { id: uuid(61), name: 'Bot', roles: ['ops', 'dev', 'dev'], state: 'active', customerId: uuid(51) },
      { id: uuid(62), name: 'Suspended', roles: [], state: 'suspended', customerId: null },
      { id: uuid(63), name: 'Of suspended customer', roles: [], state: 'active', customerId: uuid(52) },
    ],
    customers: [
      { id: uuid(51), name: 'Acme', state: 'active' },
      { id: uuid(52), name: 'Gone', state: 'suspended' },
    ],
    keys: [
      { ...key, id: uuid(71), hash: sha256('one') },
      { ...key, id: uuid(72), hash: sha256('revoked'), revokedAtMs: 5 },
      { ...key, id: uuid(73), hash: sha256('of suspended'), agentId: uuid(62) },
      { ...key, id: uuid(74), hash: sha256('of suspended customer'), agentId: uuid(63) },
      { ...key, id: uuid(75), hash: sha256('few'), endpointId: uuid(22) },
    ],
    policies: [
      { id: uuid(81), name: 'Allow', text: 'permit(principal, action, resource);', enabled: true },
      {
        id: uuid(82),
        name: 'No big',
        text: 'forbid(principal, action, resource) when { context.args.n > 5 };',
        enabled: true,
      },
      { id: uuid(83), name: 'Off', text: 'forbid(principal, action, resource);', enabled: false },
    ],
    detection: {
      stored: { modes: { bySeverity: { medium: 'block' }, byCode: { hidden_text: 'mask' } } },
      rules: [
        ruleRow(91, { toolIds: null }),
        ruleRow(92, { toolIds: [uuid(46), uuid(42)] }),
        ruleRow(93, { toolIds: [uuid(46)] }),
        ruleRow(94, { enabled: false }),
      ],
      external: {
        url: 'https://classifier.example.test/v1',
        sealedToken: 'AAAA',
        budgetMs: 300,
        perMinute: 60,
        onFailure: 'pass',
      },
    },
  };
}
