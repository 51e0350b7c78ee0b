export type { Observed, PinVerdict, PinWatch } from './observe-definitions.ts';
