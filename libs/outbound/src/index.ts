export { type AddressClass, classifyAddress } from './address-rules.ts';
export { type Breaker, type BreakerOutcome, breakerRules, createBreaker } from './breaker.ts';
export { decideTarget, type EgressDenial, type Target, type TargetPolicy } from './decide-target.ts';
export type { OutboundResponse } from './exchange.ts';
export type { Fetch } from './fetch.ts';
export { defaultLimits, type OutboundLimits } from './limits.ts';
export { createOutbound, type Outbound, type OutboundOptions, type OutboundRequest } from './outbound.ts';
export type { Lookup } from './resolve-target.ts';
export type { ResponseBody } from './response-body.ts';
