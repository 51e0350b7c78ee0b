export { readAcks, removeAck, type TenantAck, type WorkerAck, writeAck } from './acks.ts';
export { type ConnectInput, type ConnectionKind, connectRedis, untilReady } from './connect-redis.ts';
export {
  type OutgoingEnvelope,
  publishEnvelope,
  type ReadEnvelope,
  readEnvelope,
  readHeads,
} from './envelopes.ts';
export {
  type JobContext,
  type JobPayload,
  type JobQueue,
  type JobWorker,
  type JobWorkerInput,
  jobId,
  jobOptions,
  jobSchemas,
  openJobQueue,
  openJobWorker,
  type QueueName,
} from './jobs.ts';
export { keys, queueNames } from './keys.ts';
export type { LetterAnswer } from './letterbox.ts';
export { type LiveEvent, type LiveEventType, liveTypes, publishLive, subscribeLive } from './live-events.ts';
export { createLoneMail, createMail, type Delivery, type Mail, type MailInput } from './mail.ts';
export {
  publishRevocations,
  readAllRevocations,
  readRevocations,
  restoreRevocations,
  type TenantRevocations,
} from './revocations.ts';
export { createSessionStore, type SessionRef, type SessionStore, sessionLimits } from './session-store.ts';
export type { TextSealer } from './text-sealer.ts';
export {
  type BookMark,
  createTokenStore,
  type StoredBook,
  type TokenStore,
  tokenLimits,
} from './token-store.ts';
export { type ConfigWatch, type WatchConfigInput, watchConfig } from './watch-config.ts';
export {
  publishWorkerReport,
  readWorkerReports,
  removeWorkerReport,
  reportLimits,
  type SessionReport,
  type StreamReport,
  type TenantReport,
  type UpstreamReport,
  type WorkerReport,
} from './worker-reports.ts';
