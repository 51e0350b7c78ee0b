import type { JsonObject } from '@sallyport/kernel';
import {
  compilePolicies,
  holdEngine,
  type PolicyDecision,
  type PolicyProgram,
  type SliceSubject,
} from '../index.ts';
import { loadCedar } from './cedar-engine.ts';

export const engines = holdEngine(loadCedar);

export function program(...texts: readonly string[]): PolicyProgram {
  const policies = texts.map((text, at) => ({ id: `p${at}`, name: `Policy ${at}`, text }));
  const compiled = compilePolicies({ engines, policies });
  if (compiled.kind === 'invalid') throw new Error(JSON.stringify(compiled.problems));
  return compiled.program;
}

export const subject = {
  agentId: 'a1',
  roles: ['support'],
  customerId: 'c1',
  exposedName: 'files__read',
  serverSlug: 'files',
  inputSchema: () => ({
    type: 'object',
    properties: {
      path: { type: 'string' },
      count: { type: 'integer' },
      price: { type: 'number' },
      tags: { type: 'array', items: { type: 'string' } },
      deep: {},
    },
  }),
} as const satisfies SliceSubject;

export function decide(
  policies: PolicyProgram,
  args: JsonObject = {},
  change: Partial<SliceSubject> = {},
): PolicyDecision {
  return policies
    .sliceFor({ ...subject, ...change })
    .decide({ args, endpoint: 'main', client: 'claude-code', era: 'modern' });
}

export const allowAll = 'permit(principal, action, resource);';
