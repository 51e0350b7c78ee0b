export {
  canonicalDefinition,
  definitionDigest,
  maxToolNameLength,
  readToolDefinition,
  type ToolDefinition,
} from './canonical-definition.ts';
export {
  type CapabilityDefinition,
  maxUriLength,
  readCapability,
  uiBody,
  uiDefinition,
} from './capability-definition.ts';
export { type DefinitionChange, diffDefinitions, maxChanges } from './definition-diff.ts';
export { findDuplicateKey, hasDuplicateKeys } from './duplicate-keys.ts';
export * from './endpoint-names.ts';
export { decodeHeaderText, encodeHeaderText } from './header-text.ts';
export {
  findHeaderMismatch,
  findParameterMismatch,
  type HeaderBag,
  type HeaderMismatch,
  headerNames,
  headerValue,
  mirroredHeaders,
  mirroredName,
} from './headers.ts';
export {
  findJsonFault,
  isJsonObject,
  type JsonFault,
  type JsonLimits,
  messageLimits,
} from './json-limits.ts';
export * from './json-rpc.ts';
export * from './legacy.ts';
export { matchesUriTemplate } from './match-uri-template.ts';
export * from './modern.ts';
export { type HeaderParameter, type HeaderParameters, headerParameters } from './parameter-headers.ts';
export { readJson } from './read-json.ts';
export { findSchemaFault, type SchemaFault, type SchemaLimits, schemaLimits } from './schema-limits.ts';
export * from './sse.ts';
export * from './tasks-extension.ts';
export * from './token-estimate.ts';
export * from './tool-names.ts';
export * from './tool-search.ts';
export { listTokens, toolSearchTools } from './tool-search-tools.ts';
export * from './uri-template.ts';
export * from './versions.ts';
