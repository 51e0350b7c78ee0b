import type {
  AuthorizationAnswer,
  CheckParseAnswer,
  Policy,
  PolicySet,
  PolicySetTextToPartsAnswer,
  PolicyToJsonAnswer,
  StatefulAuthorizationCall,
} from '@cedar-policy/cedar-wasm';

/** The calls of `cedar-wasm` that this library makes; its Node and its web build both fit. */
export interface CedarEngine {
  policySetTextToParts(text: string): PolicySetTextToPartsAnswer;
  policyToJson(policy: Policy): PolicyToJsonAnswer;
  checkParsePolicySet(policies: PolicySet): CheckParseAnswer;
  preparsePolicySet(id: string, policies: PolicySet): CheckParseAnswer;
  statefulIsAuthorized(call: StatefulAuthorizationCall): AuthorizationAnswer;
}
