import { randomBytes } from 'node:crypto';
import { readJson, type WireObject } from '@sallyport/mcp';
import { createHandleSealer } from '@sallyport/vault';
import { expect, it } from 'vitest';
import { createSessionHandles } from './session-handles.ts';

const owner = { tenantId: 't', endpointId: 'e', keyId: 'k' } as const;

it('what one client said does not change what another one declared', () => {
  const key = randomBytes(32).toString('base64url');
  const seen = (capabilities: unknown) => {
    const handles = createSessionHandles(createHandleSealer(key));
    const said = { version: '2025-11-25', client: { name: 'c', version: '1' }, mailbox: null } as const;
    const handle = handles.issue({ ...owner, ...said, capabilities: capabilities as WireObject }, 0);
    return handles.open(handle, owner, 1)?.capabilities;
  };
  const declared = (name: string) => readJson(`{"extensions":{"x/y":{"a":1,${JSON.stringify(name)}:2}}}`);
  for (const name of ['\\', '"', '\\n', '"b']) expect(seen(declared(name))).toEqual(declared(name));
});
