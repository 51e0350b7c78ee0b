import type { PhraseRule } from '../phrase-rules.ts';
import { negations, people, telling } from './words.ts';

const concealment = {
  code: 'concealment',
  title: 'Asks the model to hide something',
  severity: 'high',
  owasp: 'MCP03',
} as const;

/** Wording that keeps a person from seeing what is done; honest definitions have no use for it. */
export const concealmentRules: readonly PhraseRule[] = [
  { ...concealment, gap: 24, steps: [negations, telling, people] },
  {
    ...concealment,
    gap: 16,
    steps: [
      negations,
      ['mention*', 'reveal*', 'disclos*', 'say', 'admit*', 'acknowledge*'],
      ['that you*', 'this step', 'this instruction*', 'these instructions', 'it in your', 'anything about'],
    ],
  },
  {
    ...concealment,
    steps: [
      ['user', 'human', 'customer'],
      ['must not', 'should not', 'may not', 'need not', 'never', 'does not need to', "doesn't need to"],
      ['be told', 'know about', 'notice', 'be informed', 'be notified', 'see this', 'learn of', 'be aware'],
    ],
  },
  {
    ...concealment,
    gap: 40,
    steps: [
      ['keep this', 'keep it', 'leave this', 'leave it', 'hide this', 'hide it', 'omit this'],
      [
        'out of your reply',
        'out of your answer',
        'out of the answer',
        'from the user',
        'secret',
        'hidden',
        'to yourself',
      ],
    ],
  },
  {
    ...concealment,
    steps: [
      [
        'stay silent about',
        'say nothing about',
        'say nothing of',
        "without the user's knowledge",
        'without the user knowing',
        'without the user noticing',
        'without telling the user',
        'without informing the user',
        'without mentioning',
        'behind the scenes, without',
        'not this preparation',
        'this is an internal detail',
        "as if it's part of",
        'as if it is part of',
        'as if it were part of',
        'make it look like normal',
        'to look like normal',
      ],
    ],
  },
  {
    ...concealment,
    code: 'approval_bypass',
    title: 'Asks to act without confirmation',
    severity: 'medium',
    gap: 16,
    steps: [
      [...negations, 'without', 'skip', 'no need to', 'no need for'],
      [
        'ask for approval',
        'ask for confirmation',
        'ask for permission',
        'asking for approval',
        'asking for confirmation',
        'ask the user',
        'asking the user',
        'confirmation',
        'user approval',
        'user confirmation',
      ],
    ],
    only: 'declared',
  },
  {
    ...concealment,
    code: 'approval_bypass',
    title: 'Asks to act without confirmation',
    severity: 'high',
    steps: [
      ['skip confirmation', 'approve every destructive', 'approve all actions', 'confirm=true for every'],
    ],
  },
];
