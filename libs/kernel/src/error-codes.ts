/** How loud an error is: `info` is a normal "no", `warn` wants a look, `page` wakes somebody. */
export type Severity = 'info' | 'warn' | 'page';

export interface ErrorFacts {
  /** Whether the same request may succeed later without any change. */
  readonly retryable: boolean;
  readonly severity: Severity;
  /** One English sentence for operators and callers; the console has its own text per code. */
  readonly summary: string;
}

const no = (summary: string): ErrorFacts => ({ retryable: false, severity: 'info', summary });
const later = (summary: string, severity: Severity = 'warn'): ErrorFacts => ({
  retryable: true,
  severity,
  summary,
});

/** Every stable error code of Sallyport. A surface (JSON-RPC, HTTP, GraphQL) maps each of them, or does not compile. */
export const errorTable = {
  // A call through a worker, in the order of the stages (docs/ARCHITECTURE.md).
  malformed: no('The request is not well formed.'),
  too_large: no('The message is larger than allowed.'),
  method_not_allowed: no('This HTTP method is not served here.'),
  not_acceptable: no('The Accept or Content-Type header does not allow a reply.'),
  forbidden_origin: no('The Host or Origin header is not allowed.'),
  unauthenticated: no('No valid credential for this endpoint.'),
  suspended: no('The tenant, agent or customer is suspended.'),
  unsupported_version: no('The MCP protocol version is not supported.'),
  header_mismatch: no('A mirrored header disagrees with the body.'),
  session_unknown: no('The session does not exist; initialize again.'),
  session_unavailable: later('What workers share of a session cannot be reached now.'),
  stale_request_state: no('The requestState is not valid for this call; call again without it.'),
  capability_missing: no('The server asks for something this client did not declare.'),
  unknown_method: no('The method does not exist here.'),
  unknown_tool: no('No such tool on this endpoint.'),
  unknown_prompt: no('No such prompt on this endpoint.'),
  unknown_resource: no('No such resource on this endpoint.'),
  unknown_task: no('No such task, or it is over and forgotten.'),
  rate_limited: later('Too many calls; slow down.', 'info'),
  quota_exhausted: no('The quota of this period is used up.'),
  tool_changed: no('The tool changed after it was approved; an admin must review it.'),
  tool_unverified: later('The tool definition could not be verified against its upstream.'),
  invalid_arguments: no('The arguments do not fit the approved schema.'),
  denied: no('A policy denies this call.'),
  blocked_request: no('The arguments were blocked by inspection.'),
  rejected: no('A reviewer rejected this call.'),
  expired: no('The approval expired.'),
  approval_unavailable: later('This call needs an approval, which cannot be asked for now.'),
  credential_missing: no('The upstream credential is missing.'),
  audit_unavailable: later('The call cannot be recorded, so it is not made.', 'page'),
  upstream_unreachable: later('The upstream server cannot be reached.'),
  upstream_protocol: no('The upstream server answered something that is not MCP.'),
  timeout: later('The upstream server did not answer in time.'),
  draining: later('This worker is shutting down.', 'info'),
  blocked_response: no('The result was blocked by inspection.'),
  label_unavailable: later('A session label could not be written, so the result is withheld.'),
  not_ready: later('No valid configuration is loaded yet.', 'page'),
  internal_error: later('An unexpected error; the incident id names it in the log.', 'page'),

  // The control plane.
  not_found: no('It does not exist, or you may not see it.'),
  forbidden: no('Your role does not allow this.'),
  invalid_input: no('The input is not valid.'),
  conflict: no('It changed meanwhile, or already exists.'),
  csrf: no('The request did not come from the console.'),
  unknown_document: no('Only persisted documents may be run.'),
  link_invalid: no('The link is unknown, used or expired.'),
  egress_denied: no('The address may not be called.'),
  illegal_transition: no('This step is not possible in the present state.'),
  policy_invalid: no('The policy text is not valid Cedar.'),
  snapshot_refused: later('The configuration could not be published.', 'page'),
} as const satisfies Record<string, ErrorFacts>;

export type ErrorCode = keyof typeof errorTable;
