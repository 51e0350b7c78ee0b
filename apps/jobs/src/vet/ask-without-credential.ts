import type { Outbound } from '@sallyport/outbound';

const question = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'sallyport-vetting', version: '1.0.0' },
  },
});

/** HTTP status of a first request without the stored credential; `null` when there is no answer. */
export async function askWithoutCredential(
  outbound: Outbound,
  url: string,
  timeoutMs: number,
): Promise<number | null> {
  try {
    const response = await outbound.request({
      url,
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: question,
      circuit: `vet-open/${new URL(url).origin}`,
      timeoutMs,
    });
    response.body.cancel();
    return response.status;
  } catch {
    return null;
  }
}
