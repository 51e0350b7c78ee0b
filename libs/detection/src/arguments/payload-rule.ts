import type { PhraseRule } from '../phrase-rules.ts';
import type { ArgumentRole } from './argument-role.ts';

/** Literals that payloads of a class are made of; where a role expects them they are left out. */
export interface PayloadRule extends PhraseRule {
  readonly confidence: number;
  /** Roles in which this is ordinary. */
  readonly except?: readonly ArgumentRole[];
}

export const programs: readonly ArgumentRole[] = ['code', 'shell'];
export const markup: readonly ArgumentRole[] = ['xml', 'template', 'code'];

/** A rule of this kind; all are high and of MCP05. */
export function payloadRule(
  code: string,
  title: string,
  confidence: number,
  steps: PhraseRule['steps'],
  more: { except?: readonly ArgumentRole[]; gap?: number } = {},
): PayloadRule {
  return { code, title, severity: 'high', owasp: 'MCP05', confidence, steps, ...more };
}
