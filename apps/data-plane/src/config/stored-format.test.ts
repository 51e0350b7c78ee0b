import { createLogger } from '@sallyport/telemetry';
import { describe, expect, it } from 'vitest';
import { makeTenant, verify } from '../__fixtures__/test-tenant.ts';
import { loadEngines } from './cedar-engines.ts';
import { loadStoredConfig } from './follow-config.ts';
import { createLoadedConfig } from './loaded-config.ts';

describe('a stored configuration of an older format', () => {
  it('is passed over at the start, and what Redis holds in the format of today is taken', () => {
    const tenant = makeTenant({ slug: 'old', servers: [] });
    const old = tenant.publish(() => ({ format: 2 }) as never);
    const text = tenant.publish(() => ({ format: 3 }));
    const config = createLoadedConfig({ verify, engines: loadEngines(), pinMaxAgeMs: undefined, graceMs: 0 });
    const store = {
      readEnvelopes: () => new Map([[tenant.id, old]]),
      readMarks: () => new Map(),
      writeEnvelope: () => Promise.resolve(),
      writeMarks: () => Promise.resolve(),
    };
    loadStoredConfig(config, store, createLogger({ name: 'test', level: 'silent' }));
    expect([config.isReady(), config.versionOf(tenant.id)]).toEqual([false, 0]);
    expect(config.offer(tenant.id, text)).toMatchObject({ kind: 'applied' });
  });
});
