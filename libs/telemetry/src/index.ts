export { createLogger, type Logger } from './logger.ts';
export {
  type Counter,
  createMetrics,
  type Gauge,
  type Histogram,
  type Labels,
  latencyBuckets,
  type Metrics,
  maxSeriesPerMetric,
} from './metrics.ts';
export { isSecretName, redacted, redactText, redactValue } from './redact.ts';
