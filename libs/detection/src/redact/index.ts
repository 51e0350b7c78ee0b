export { findSensitive, type SensitiveOptions } from './find-sensitive.ts';
export {
  actionFor,
  type Redaction,
  type RedactionHit,
  type RedactionPolicy,
  type SensitiveAction,
  sensitiveActions,
  uniformPolicy,
} from './redaction-policy.ts';
export {
  classOf,
  isSensitiveType,
  type SensitiveClass,
  type SensitiveSpan,
  type SensitiveType,
  sensitiveClasses,
  sensitiveTypes,
} from './sensitive-type.ts';
export type { TokenBook } from './token-book.ts';
