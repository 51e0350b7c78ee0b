import { codePayloads } from './code-payloads.ts';
import { markupPayloads } from './markup-payloads.ts';
import type { PayloadRule } from './payload-rule.ts';
import { queryPayloads } from './query-payloads.ts';

/** Literals of every class of payload. */
export const payloadRules: readonly PayloadRule[] = [...markupPayloads, ...codePayloads, ...queryPayloads];
