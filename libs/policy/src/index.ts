export * from './decision.ts';
export type { CedarEngine } from './engine.ts';
