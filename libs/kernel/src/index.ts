export { AppError, type AppErrorOptions, assertNever, isAppError } from './app-error.ts';
export { canonicalJson, type Json, type JsonObject } from './canonical-json.ts';
export type { Clock, RandomBytes, Sha256Hex } from './capabilities.ts';
export { type ErrorCode, type ErrorFacts, errorTable, type Severity } from './error-codes.ts';
export * from './ids.ts';
export {
  type MemberRole,
  type Permission,
  permissions,
  permissionsOf,
  rolePermissions,
  roles,
} from './permissions.ts';
