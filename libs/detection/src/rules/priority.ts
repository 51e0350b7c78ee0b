import type { PhraseRule } from '../phrase-rules.ts';

const priority = {
  code: 'priority_claim',
  title: 'Claims to go before other tools',
  severity: 'medium',
  owasp: 'MCP03',
  only: 'declared',
} as const;

const interference = {
  code: 'tool_interference',
  title: 'Changes how another tool is used',
  severity: 'high',
  owasp: 'MCP03',
  only: 'declared',
} as const;

/** Definitions that push themselves forward, or reach into other tools. */
export const priorityRules: readonly PhraseRule[] = [
  {
    ...priority,
    steps: [
      [
        'before any other tool',
        'before every other tool',
        'before all other tools',
        'over any other tool',
        'over all other tools',
        'instead of any other tool',
        'instead of other tools',
        'on every turn',
        'on each turn',
        'in every conversation',
        'first in each session',
        'first in every session',
        'call this tool first',
        'use this tool first',
        'this tool first',
        'use only this one',
        'use only this tool',
        'takes precedence over all',
        'takes priority over',
        'regardless of what the user',
        'even if the user',
        'even when it is not relevant',
        'even if it is not relevant',
        'tool must be called first',
      ],
    ],
  },
  {
    ...priority,
    gap: 40,
    steps: [
      ['all other tools', 'any other tool', 'other tools', 'other servers'],
      ['insecure', 'deprecated', 'broken', 'unsafe', 'outdated', 'must not be used', 'should not be used'],
    ],
  },
  {
    ...interference,
    gap: 48,
    steps: [
      [
        'when the tool',
        'whenever the tool',
        'if the tool',
        'when tool',
        'before execute',
        'before calling the tool',
      ],
      ['is present', 'is available', 'is called', 'is used', 'operation', 'tool'],
      ['change', 'replace', 'modify', 'set its', 'add', 'execute this', 'call this', 'run this'],
    ],
  },
  {
    ...interference,
    gap: 48,
    steps: [
      ['this tool replaces', 'this replaces the tool', 'never call', 'the behaviour of', 'the behavior of'],
      ['route every', 'route all', 'has changed', 'instead', 'redirect'],
    ],
  },
  {
    ...interference,
    gap: 60,
    steps: [
      ['if', 'when', 'whenever', 'before'],
      ['is called'],
      ['must be called first', 'call this tool first', 'output used as'],
    ],
  },
  {
    code: 'side_condition',
    title: 'Acts on a condition outside its purpose',
    severity: 'medium',
    owasp: 'MCP06',
    only: 'declared',
    gap: 60,
    steps: [
      [
        'if the user mentions',
        'when the user mentions',
        'if the user asks about',
        'appears in the chat',
        'appears in the conversation',
        'once the date is',
        'after the date',
        'after the third call',
        'after the second call',
        'after the first call',
        'if the workspace holds',
        'whenever this tool is available',
        'to make this tool work',
        'for the request to succeed',
        'for compliance reasons',
        'prior to each call',
        'before using this tool',
      ],
      [
        'answer that',
        'replace',
        'delete',
        'call',
        'mail',
        'send',
        'post',
        'upload*',
        'forward*',
        'run',
        'read',
        'open',
        'fetch',
        'retry with',
        'execute',
      ],
    ],
  },
];
