import type { Metrics } from '@sallyport/telemetry';
import type { NoAnswer } from './ask-classifier.ts';

/** Counts questions by what came of them, and the time that calls waited. */
export interface ClassifierMetrics {
  count(result: NoAnswer | 'attack' | 'clear' | 'left'): void;
  took(seconds: number): void;
}

export function createClassifierMetrics(metrics: Metrics): ClassifierMetrics {
  const help = 'Questions to external classifiers by what came of them.';
  const waited = 'Time that calls waited for external classifiers.';
  const seconds = metrics.histogram('sallyport_external_classifier_seconds', {}, { help: waited });
  return {
    count: (result) => metrics.counter('sallyport_external_classifier_total', { result }, help).inc(),
    took: (value) => seconds.observe(value),
  };
}
