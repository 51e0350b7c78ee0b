import type { ErrorCode } from '@sallyport/kernel';

/** How an error of the table leaves through GraphQL and the HTTP endpoints: its status, and whether details go along. */
interface SurfaceError {
  readonly httpStatus: number;
  readonly showDetails: boolean;
}

const caller = (httpStatus: number): SurfaceError => ({ httpStatus, showDetails: true });
const ours = (httpStatus: number): SurfaceError => ({ httpStatus, showDetails: false });

export const graphqlErrorTable = {
  malformed: caller(400),
  too_large: caller(413),
  method_not_allowed: caller(405),
  not_acceptable: caller(406),
  forbidden_origin: caller(403),
  unauthenticated: caller(401),
  suspended: caller(403),
  unsupported_version: caller(400),
  header_mismatch: caller(400),
  session_unknown: caller(404),
  session_unavailable: caller(503),
  stale_request_state: caller(400),
  capability_missing: caller(400),
  unknown_method: caller(404),
  unknown_tool: caller(404),
  unknown_prompt: caller(404),
  unknown_resource: caller(404),
  unknown_task: caller(404),
  rate_limited: caller(429),
  quota_exhausted: caller(429),
  tool_changed: caller(409),
  tool_unverified: caller(503),
  invalid_arguments: caller(400),
  denied: caller(403),
  blocked_request: caller(403),
  rejected: caller(403),
  expired: caller(410),
  approval_unavailable: caller(503),
  credential_missing: caller(424),
  audit_unavailable: ours(503),
  upstream_unreachable: caller(502),
  upstream_protocol: caller(502),
  timeout: caller(504),
  draining: caller(503),
  blocked_response: caller(403),
  label_unavailable: ours(503),
  not_ready: ours(503),
  internal_error: ours(500),
  not_found: caller(404),
  forbidden: caller(403),
  invalid_input: caller(400),
  conflict: caller(409),
  csrf: caller(403),
  unknown_document: caller(400),
  link_invalid: caller(400),
  egress_denied: caller(403),
  illegal_transition: caller(409),
  policy_invalid: caller(400),
  snapshot_refused: caller(500),
} as const satisfies Record<ErrorCode, SurfaceError>;
