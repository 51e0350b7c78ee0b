export { describeFault } from './check-schema.ts';
export { ruleDetector, type VetDetector } from './judge-definition.ts';
export type {
  AuthFacts,
  NeighbourServer,
  Observation,
  ObservationError,
  ObservedApp,
  SandboxFacts,
  TransportFacts,
  VettedServer,
  VettingInput,
} from './observation.ts';
export {
  type Grade,
  type VetCheck,
  type VetFact,
  type VettedTool,
  type VettingReport,
  vettingVersion,
} from './report.ts';
export { vetServer } from './vet-server.ts';
