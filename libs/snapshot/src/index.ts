export { type DetectionRows, detectionSettings, type StoredDetection } from './build-detection.ts';
export {
  buildInstallation,
  buildSnapshot,
  defaultSettings,
  type SnapshotRows,
  snapshotBody,
} from './build-snapshot.ts';
export type { EndpointContext, ResourceMatch } from './endpoint-context.ts';
export type { Envelope, EnvelopeRefusal } from './envelope.ts';
export { type ExposedItem, effectiveNaming } from './expose.ts';
export { customRuleSchema, tenantDetectionSchema, toolDetectionSchema } from './parse-detection.ts';
export { type ParsedBody, parseInstallation, parseSnapshot, tenantSnapshotSchema } from './parse-snapshot.ts';
export type { Revocation, RevocationKind } from './revocation.ts';
export {
  type Applied,
  createRevocationSet,
  type RevocableKind,
  type RevocationSet,
} from './revocation-set.ts';
export { type SelfCheck, selfCheck } from './self-check.ts';
export {
  envelopeMessage,
  envelopeText,
  installationTenantId,
  type SignText,
  signEnvelope,
  type UnsignedEnvelope,
} from './sign-envelope.ts';
export {
  revocationMessage,
  revocationText,
  signRevocation,
  type UnsignedRevocation,
  type VerifiedRevocation,
  verifyRevocation,
} from './sign-revocation.ts';
export * from './snapshot-detection.ts';
export {
  type BuiltIndex,
  buildSnapshotIndex,
  type KeyContext,
  maxKeptSlices,
  type SnapshotIndex,
} from './snapshot-index.ts';
export * from './tenant-snapshot.ts';
export { policyName, type ToolContext } from './tool-context.ts';
export {
  type VerifiedEnvelope,
  type VerifyEnvelopeInput,
  type VerifyText,
  verifyEnvelope,
  verifyInstallation,
} from './verify-envelope.ts';
