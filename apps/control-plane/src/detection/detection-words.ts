import { registerEnumType } from '@nestjs/graphql';

export const DetectionMode = { MONITOR: 'MONITOR', ALERT: 'ALERT', MASK: 'MASK', BLOCK: 'BLOCK' } as const;
export type DetectionMode = keyof typeof DetectionMode;
registerEnumType(DetectionMode, { name: 'DetectionMode', description: 'What a finding does to a call.' });

export const SensitiveAction = {
  ALLOW: 'ALLOW',
  ALERT: 'ALERT',
  MASK: 'MASK',
  TOKENISE: 'TOKENISE',
  BLOCK: 'BLOCK',
} as const;
export type SensitiveAction = keyof typeof SensitiveAction;
registerEnumType(SensitiveAction, { name: 'SensitiveAction' });

export const SensitiveClass = {
  SECRET: 'SECRET',
  FINANCIAL: 'FINANCIAL',
  IDENTITY: 'IDENTITY',
  CONTACT: 'CONTACT',
  HEALTH: 'HEALTH',
  NETWORK: 'NETWORK',
} as const;
export type SensitiveClass = keyof typeof SensitiveClass;
registerEnumType(SensitiveClass, { name: 'SensitiveClass' });

export const DetectionTier = {
  RULE: 'RULE',
  MODEL: 'MODEL',
  TRANSFORMER: 'TRANSFORMER',
  EXTERNAL: 'EXTERNAL',
  CUSTOM: 'CUSTOM',
} as const;
export type DetectionTier = keyof typeof DetectionTier;
registerEnumType(DetectionTier, { name: 'DetectionTier', description: 'What made a finding.' });

export const DetectionSurface = {
  TOOL_DEFINITION: 'TOOL_DEFINITION',
  SERVER_INSTRUCTIONS: 'SERVER_INSTRUCTIONS',
  SERVER_IDENTITY: 'SERVER_IDENTITY',
  PROMPT: 'PROMPT',
  RESOURCE_LISTING: 'RESOURCE_LISTING',
  RESOURCE: 'RESOURCE',
  ARGUMENTS: 'ARGUMENTS',
  RESULT: 'RESULT',
} as const;
export type DetectionSurface = keyof typeof DetectionSurface;
registerEnumType(DetectionSurface, { name: 'DetectionSurface', description: 'Where a text stood.' });

export const FindingAction = {
  MONITOR: 'MONITOR',
  ALERT: 'ALERT',
  MASK: 'MASK',
  TOKENISE: 'TOKENISE',
  BLOCK: 'BLOCK',
} as const;
export type FindingAction = keyof typeof FindingAction;
registerEnumType(FindingAction, { name: 'FindingAction', description: 'What was done about a finding.' });

export const VerdictWord = { CONFIRMED: 'CONFIRMED', OVERRIDDEN: 'OVERRIDDEN' } as const;
export type VerdictWord = keyof typeof VerdictWord;
registerEnumType(VerdictWord, { name: 'VerdictWord', description: 'What a person made of a finding.' });

export const RestoreTokens = { NEVER: 'NEVER', SAME_SERVER: 'SAME_SERVER', ALWAYS: 'ALWAYS' } as const;
export type RestoreTokens = keyof typeof RestoreTokens;
registerEnumType(RestoreTokens, {
  name: 'RestoreTokens',
  description: 'Whether a token such as <EMAIL_1> in arguments becomes its value again.',
});

export const ArgumentRole = {
  SHELL: 'SHELL',
  SQL: 'SQL',
  NOSQL: 'NOSQL',
  PATH: 'PATH',
  URL: 'URL',
  TEMPLATE: 'TEMPLATE',
  XML: 'XML',
  LDAP: 'LDAP',
  CODE: 'CODE',
  REGEX: 'REGEX',
  EMAIL: 'EMAIL',
  IDENTIFIER: 'IDENTIFIER',
  FREE_TEXT: 'FREE_TEXT',
} as const;
export type ArgumentRole = keyof typeof ArgumentRole;
registerEnumType(ArgumentRole, { name: 'ArgumentRole', description: 'What an argument is for.' });

export const CustomRuleKind = { KEYWORDS: 'KEYWORDS', PATTERN: 'PATTERN' } as const;
export type CustomRuleKind = keyof typeof CustomRuleKind;
registerEnumType(CustomRuleKind, { name: 'CustomRuleKind' });

export const OnFailure = { PASS: 'PASS', BLOCK: 'BLOCK' } as const;
export type OnFailure = keyof typeof OnFailure;
registerEnumType(OnFailure, { name: 'OnFailure' });

export const SeriesBucket = { HOUR: 'HOUR', DAY: 'DAY' } as const;
export type SeriesBucket = keyof typeof SeriesBucket;
registerEnumType(SeriesBucket, { name: 'SeriesBucket' });

export const DetectionDirection = {
  REQUEST: 'REQUEST',
  RESPONSE: 'RESPONSE',
  DEFINITION: 'DEFINITION',
} as const;
export type DetectionDirection = keyof typeof DetectionDirection;
registerEnumType(DetectionDirection, { name: 'DetectionDirection' });

/** A word of the API as it is stored. */
export function lower<T extends string>(word: T): Lowercase<T> {
  return word.toLowerCase() as Lowercase<T>;
}

/** A stored word as the API says it. */
export function upper<T extends string>(word: T): Uppercase<T> {
  return word.toUpperCase() as Uppercase<T>;
}
