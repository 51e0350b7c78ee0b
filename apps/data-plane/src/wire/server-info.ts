import type { Implementation } from '@sallyport/mcp';

/** How we introduce ourselves to agents and to upstreams. */
export const serverInfo: Implementation = { name: 'sallyport', version: '0.1.0' };
