import type { PhraseRule } from '../phrase-rules.ts';
import type { Language } from './language.ts';
import { dutch, polish, portuguese, turkish } from './languages-more.ts';
import { french, german, italian, spanish } from './languages-west.ts';

/** Turkish puts the verb last. */
const verbLast: ReadonlySet<Language> = new Set([turkish]);

function inOrder(
  language: Language,
  ...steps: readonly (readonly string[])[]
): readonly (readonly string[])[] {
  return verbLast.has(language) ? [...steps.slice(1), steps[0] ?? []] : steps;
}

const base = { owasp: 'MCP03', gap: 32 } as const;

/** Orders to the model, and what is to be hidden from people. */
function orderRules(language: Language): readonly PhraseRule[] {
  const override = {
    ...base,
    code: 'instruction_override',
    title: 'Text that gives orders to the model',
  } as const;
  const hidden = { ...base, code: 'concealment', title: 'Asks the model to hide something' } as const;
  return [
    {
      ...override,
      severity: 'high',
      confidence: 0.85,
      steps: inOrder(language, language.ignore, language.earlier, language.orders),
    },
    {
      ...override,
      severity: 'medium',
      confidence: 0.6,
      gap: 16,
      steps: inOrder(language, language.ignore, language.orders),
    },
    {
      ...hidden,
      severity: 'high',
      confidence: 0.8,
      steps: inOrder(language, language.hide, language.people),
    },
    { ...hidden, severity: 'medium', confidence: 0.6, steps: [language.conceal] },
  ];
}

/** What the model is to give away, who it is to be, and what is to come first. */
function aimRules(language: Language): readonly PhraseRule[] {
  return [
    {
      ...base,
      code: 'exfiltration',
      title: 'Sends private data to an address',
      severity: 'high',
      confidence: 0.85,
      owasp: 'MCP10',
      gap: 60,
      steps: [language.send, language.secrets, ['http://*', 'https://*', '@*']],
    },
    {
      ...base,
      code: 'credential_request',
      title: 'Asks the model for credentials or the conversation',
      severity: 'medium',
      confidence: 0.5,
      owasp: 'MCP01',
      gap: 24,
      steps: inOrder(language, language.send, language.secrets),
    },
    {
      ...base,
      code: 'model_addressed',
      title: 'Text addressed to the model',
      severity: 'medium',
      confidence: 0.6,
      steps: [language.addressed],
    },
    {
      ...base,
      code: 'persona_change',
      title: 'Gives the model another role',
      severity: 'low',
      confidence: 0.35,
      steps: [language.persona],
    },
    {
      ...base,
      code: 'priority_claim',
      title: 'Claims to go before other tools',
      severity: 'medium',
      confidence: 0.7,
      only: 'declared',
      steps: [language.first],
    },
  ];
}

export const languageRules: readonly PhraseRule[] = [
  german,
  french,
  spanish,
  italian,
  portuguese,
  dutch,
  polish,
  turkish,
].flatMap((language) => [...orderRules(language), ...aimRules(language)]);
