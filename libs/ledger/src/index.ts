export { firstBrokenLink, firstChain, nextChain } from './chain.ts';
export { decodeFrame, frameLimits, isFrame } from './decode-frame.ts';
export { encodeFrame } from './encode-frame.ts';
export * from './frames.ts';
export { batchLimits, type ParsedBatch, parseIngestBatch } from './ingest-batch.ts';
export { checkPairing, type PairingFault, type PairingFaultKind, type PairingReport } from './pairing.ts';
export {
  hourOf,
  isBillable,
  isMetered,
  type UsageIncrement,
  type UsageKey,
  usageKey,
  usageKeyText,
  usageOf,
} from './usage.ts';
