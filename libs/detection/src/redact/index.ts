export { evalRedaction, type Recall, type RedactionReport, type RedactionRow } from './eval-redaction.ts';
export { defaultMaxSensitiveUnits, findSensitive, type SensitiveOptions } from './find-sensitive.ts';
export { type RedactJsonOptions, redactJson } from './redact-json.ts';
export { type RedactTextOptions, redactText } from './redact-text.ts';
export {
  actionFor,
  type Redaction,
  type RedactionHit,
  type RedactionPolicy,
  type SensitiveAction,
  sensitiveActions,
  uniformPolicy,
} from './redaction-policy.ts';
export { type RestoredTokens, restoreTokens } from './restore-tokens.ts';
export {
  classOf,
  isSensitiveType,
  type SensitiveClass,
  type SensitiveSpan,
  type SensitiveType,
  sensitiveClasses,
  sensitiveTypes,
} from './sensitive-type.ts';
export {
  createTokenBook,
  parseTokenBook,
  type TokenBook,
  type TokenBookLimits,
  tokenBookLimits,
} from './token-book.ts';
