import { severities, tiers } from '@sallyport/detection';
import { capabilityKinds, maxUriLength } from '@sallyport/mcp';
import type { NeighbourServer, Observation, VettedServer } from '@sallyport/vetting';
import { z } from 'zod';
import type { VetLimits } from './limits.ts';

/** What parent and child say to each other: one JSON object per line, on the child's standard input and output. */

export interface StartMessage {
  readonly kind: 'start';
  readonly server: VettedServer;
  readonly neighbours: readonly NeighbourServer[];
  readonly approved: Readonly<Record<string, string>>;
  readonly facts: Pick<Observation, 'takenAtMs' | 'transport' | 'auth' | 'sandbox'>;
  readonly limits: VetLimits;
}

export type ToChild =
  | StartMessage
  | {
      readonly kind: 'head';
      readonly id: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'chunk'; readonly id: number; readonly data: string }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly code: string; readonly message: string };

const id = z.number().int().min(1).max(1_000_000);
const count = z.number().int().min(0);

const finding = z.strictObject({
  code: z.string().regex(/^[a-z0-9_]{1,64}$/),
  title: z.string().max(200),
  severity: z.enum(severities),
  surface: z.enum([
    'tool_definition',
    'server_instructions',
    'server_identity',
    'prompt',
    'resource_listing',
    'resource',
    'arguments',
    'result',
  ]),
  path: z.string().max(4_096),
  part: z.enum(['value', 'name']),
  start: count,
  end: count,
  excerpt: z.string().max(8_192),
  owasp: z.string().max(16).nullable(),
  tier: z.enum(tiers),
  confidence: z.number().min(0).max(1),
  ruleVersion: z.string().max(32),
});

const short = z.string().max(4_096);
/** Four lists, and instructions. */
const maxCapabilities = 4_200;

export const reportSchema = z.strictObject({
  format: z.literal(2),
  server: z.strictObject({ slug: short, name: short, url: short }),
  outcome: z.enum(['complete', 'incomplete']),
  grade: z.enum(['A', 'B', 'C', 'D', 'F']),
  gradeReasons: z.array(short).max(20),
  checks: z.array(z.strictObject({ name: short, passed: z.boolean(), detail: short })).max(100),
  tools: z
    .array(
      z.strictObject({
        kind: z.enum(capabilityKinds),
        name: z.string().min(1).max(maxUriLength),
        digest: z.string().regex(/^[0-9a-f]{64}$/),
        definition: z.string().max(8 * 1024 * 1024),
        findings: z.array(finding).max(500),
        score: z.number().min(0).max(1).nullable(),
        flagged: z.boolean(),
      }),
    )
    .max(maxCapabilities),
  capabilities: z
    .record(z.string().max(200), z.unknown())
    .refine((value) => JSON.stringify(value).length <= 8 * 1024, 'too long'),
  serverFindings: z.array(finding).max(5_000),
  facts: z.array(z.strictObject({ name: short, value: short })).max(100),
  scannerVersions: z.array(short).max(20),
});

/** What the parent believes of a child: nothing that does not fit this. */
export const fromChildSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('http'),
    id,
    method: z.enum(['GET', 'POST', 'DELETE']),
    /** Path and query at the server's own origin, where it is another than that of its URL. */
    path: z
      .string()
      .regex(/^\/(?!\/)/)
      .max(2_048)
      .optional(),
    headers: z.record(z.string().max(128), z.string().max(4_096)),
    body: z
      .string()
      .max(1024 * 1024)
      .optional(),
  }),
  z.strictObject({ kind: z.literal('cancel'), id }),
  z.strictObject({
    kind: z.literal('step'),
    name: z.string().min(1).max(80),
    state: z.enum(['running', 'finished', 'failed']),
    detail: z.string().max(400).nullable(),
  }),
  z.strictObject({
    kind: z.literal('report'),
    report: reportSchema,
    /** Whether every list is whole: only then may something missing count as removed. */
    isListComplete: z.boolean(),
    error: z.string().max(400).nullable(),
  }),
]);

export type FromChild = z.infer<typeof fromChildSchema>;
export type HttpAsk = Extract<FromChild, { kind: 'http' }>;
export type StepMessage = Extract<FromChild, { kind: 'step' }>;

/** Steps of a run in the order they are shown. */
export const stepNames = {
  prepare: 'Prepare',
  connect: 'Connect',
  tools: 'List tools',
  others: 'List prompts and resources',
  apps: 'Read app UI',
  judge: 'Scan and compare',
  store: 'Write the report',
} as const;
