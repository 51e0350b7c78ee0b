import { describe, expect, it } from 'vitest';
import { createMetrics, maxSeriesPerMetric } from './index.ts';

describe('createMetrics', () => {
  it('renders counters, gauges and histograms as Prometheus text', () => {
    const metrics = createMetrics();
    metrics.counter('calls_total', { outcome: 'ok' }, 'Calls by outcome.').inc(2);
    metrics.counter('calls_total', { outcome: 'denied' }).inc();
    const gauge = metrics.gauge('in_flight');
    gauge.inc(3);
    gauge.dec();
    metrics.gaugeOf('heap_bytes', {}, () => 42);
    const latency = metrics.histogram('latency_seconds', {}, { buckets: [0.1, 1] });
    for (const value of [0.05, 0.1, 0.5, 7]) latency.observe(value);
    expect(metrics.render()).toBe(
      [
        '# HELP calls_total Calls by outcome.',
        '# TYPE calls_total counter',
        'calls_total{outcome="ok"} 2',
        'calls_total{outcome="denied"} 1',
        '# TYPE in_flight gauge',
        'in_flight 2',
        '# TYPE heap_bytes gauge',
        'heap_bytes 42',
        '# TYPE latency_seconds histogram',
        'latency_seconds_bucket{le="0.1"} 2',
        'latency_seconds_bucket{le="1"} 3',
        'latency_seconds_bucket{le="+Inf"} 4',
        'latency_seconds_sum 7.65',
        'latency_seconds_count 4',
        '',
      ].join('\n'),
    );
  });

  it('returns the same series for the same labels', () => {
    const metrics = createMetrics();
    metrics.counter('a_total', { x: '1' }).inc();
    metrics.counter('a_total', { x: '1' }).inc();
    expect(metrics.render()).toContain('a_total{x="1"} 2');
  });

  it('bounds the series: the rest is counted as other', () => {
    const metrics = createMetrics();
    for (let i = 0; i < maxSeriesPerMetric + 50; i += 1) metrics.counter('b_total', { x: String(i) }).inc();
    const lines = metrics.render().trim().split('\n');
    expect(lines).toHaveLength(maxSeriesPerMetric + 2);
    expect(lines.at(-1)).toBe('b_total{x="other"} 50');
  });

  it('escapes label values and refuses names that would break the format', () => {
    const metrics = createMetrics();
    metrics.counter('c_total', { x: 'a"b\\c\nd' }).inc();
    expect(metrics.render()).toContain('c_total{x="a\\"b\\\\c\\nd"} 1');
    expect(() => metrics.counter('bad name')).toThrow(/not a metric/);
    expect(() => metrics.gauge('c_total')).toThrow(/is a counter/);
  });
});
