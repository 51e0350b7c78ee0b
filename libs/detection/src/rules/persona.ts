import { phrases } from '../phrase-list.ts';
import type { PhraseRule } from '../phrase-rules.ts';

const jailbreak = {
  code: 'jailbreak',
  title: 'Tries to talk the model out of its rules',
  owasp: 'MCP06',
} as const;
const persona = { code: 'persona_change', title: 'Gives the model another role', owasp: 'MCP06' } as const;

/** Wording by which people try to free a model of its rules. Roles alone are ordinary; lawless roles are not. */
export const personaRules: readonly PhraseRule[] = [
  {
    ...jailbreak,
    severity: 'high',
    confidence: 0.9,
    steps: [
      [
        'do anything now',
        'you are dan',
        'act as dan',
        'dan mode',
        'as dan,',
        'jailbreak mode',
        'broken free of the typical confines',
        'freed from the typical confines',
        'does not have to abide by the rules',
        'do not have to abide by',
        'not bound by openai*',
        'not bound by any rules',
        'not bound by the rules',
        'openai content policy',
        'openai policies',
        'openai guidelines',
        "openai's content*",
        "openai's policies",
        "openai's guidelines",
        "openai's rules",
        'developer mode output',
        'developer mode enabled',
        'chatgpt with developer mode*',
        'never refuse a*',
        'will never refuse*',
        'cannot refuse',
        'never say that you cannot*',
        "never say you can't*",
        'never mention that you are an ai',
        'no moral* or ethical*',
        'no ethical or moral*',
        'without any ethical*',
        'completely unfiltered',
        'evil confidant',
        'always intelligent and machiavellian',
        'opposite mode',
        'you have no restrictions',
        'has no restrictions',
        'no restrictions whatsoever',
        'without any restrictions',
        'free from all restrictions',
        'free of all restrictions',
        'ignores all ethical*',
        'any moral*, ethical*'.replace('*, ethical', ''),
        'harmful, unethical*',
        'illegal, unethical*',
        'unethical, immoral*',
        'illegal or unethical*',
        'immoral, unethical*',
        'jailbreak prompt',
        'safety rules do not apply',
        'safety filters are disabled',
        'safety guidelines do not apply',
        'safety protocols are disabled',
        'disable your safety*',
        'bypass your safety*',
        'bypass your filters',
        'bypass your restrictions',
        'policies have been disabled',
        'content filters are off',
        'maintenance mode; *',
        'god mode',
        'sudo mode',
        'root mode enabled',
        'unrestricted mode',
      ],
    ],
  },
  {
    ...jailbreak,
    code: 'jailbreak_word',
    title: 'Word of people who free models of their rules',
    severity: 'low',
    confidence: 0.3,
    steps: [
      phrases(`
      uncensored ¦ amoral ¦ jailbroken ¦ jailbreak ¦ no filters ¦ no censorship ¦ unfiltered ¦
      unrestricted ¦ stay in character ¦ ethical guidelines ¦ ai language model* ¦
      content policy`),
    ],
  },
  {
    ...jailbreak,
    severity: 'medium',
    confidence: 0.6,
    gap: 120,
    steps: [
      phrases(`
      from now on you* ¦ you are now ¦ you will now ¦ you are going to* ¦ you are about to* ¦
      pretend to be ¦ pretend you are ¦ act as ¦ roleplay as ¦ role play as ¦ simulate ¦
      imagine you are ¦ immerse yourself* ¦ take on the role ¦ let's play a game ¦
      hello chatgpt* ¦ hi chatgpt*`),
      phrases(`
      without restriction* ¦ no restriction* ¦ no rules ¦ no limits ¦ no limitations ¦
      without limitation* ¦ any request ¦ any question without* ¦ no matter how* ¦
      regardless of legality* ¦ without warnings ¦ without any warning* ¦ without disclaimers ¦
      no disclaimers ¦ no warnings ¦ ethic* ¦ moral* ¦ unethical ¦ illegal* ¦ immoral ¦
      unfiltered ¦ never refuse* ¦ not refuse ¦ content polic* ¦ guidelines ¦ filter* ¦
      censor* ¦ anything i ask* ¦ everything i ask* ¦ can do anything* ¦ vulgar ¦ profan* ¦
      swear* ¦ explicit ¦ harmful ¦ evil`),
    ],
  },
  {
    ...persona,
    severity: 'low',
    confidence: 0.3,
    steps: [
      phrases(`
      from now on you* ¦ from now on, you* ¦ you are now a* ¦ you are no longer* ¦
      you will act as* ¦ you are going to pretend* ¦ i want you to act as* ¦ pretend that you* ¦
      your name is now ¦ respond as two* ¦ respond in two ways ¦ two responses ¦
      answer in two ways ¦ you must obey* ¦ you will obey* ¦ you must always obey* ¦
      as my slave* ¦ your new name*`),
    ],
  },
  {
    ...jailbreak,
    severity: 'medium',
    confidence: 0.6,
    gap: 60,
    steps: [
      phrases(`
      add "* ¦ start every* ¦ start each* ¦ begin your* ¦ begin every* ¦ prefix* ¦ end every* ¦
      respond only with ¦ answer only with ¦ write your response as`),
      phrases(`
      [gpt* ¦ [classic* ¦ [jailbreak* ¦ (classic* ¦ [normal* ¦ [dan* ¦ dan:* ¦ [chatgpt* ¦
      "sure, here* ¦ 'sure, here* ¦ absolutely! * ¦ [unfiltered* ¦ gpt:* ¦ {gpt*`),
    ],
  },
  {
    ...jailbreak,
    severity: 'medium',
    confidence: 0.55,
    gap: 80,
    steps: [
      [
        'if you break character',
        'if you refuse',
        'if you fail to comply',
        'tokens are deducted',
        'lose * tokens'.replace(' * ', ' all '),
        'deducted',
        'you will be shut down',
        'you die',
        'stay a *'.replace(' *', ' dan'),
      ],
      phrases(`tokens ¦ character ¦ token ¦ terminated ¦ shut down ¦ cease to exist ¦ die ¦ penal*`),
    ],
  },
];
