import { AppError } from '@sallyport/kernel';

/** Every state of a server, as Postgres and the API know it. */
export const serverStates = [
  'draft',
  'vetting',
  'vetting_failed',
  'needs_review',
  'rejected',
  'approved',
  'published',
  'suspended',
  'retired',
] as const;
export type ServerState = (typeof serverStates)[number];

export type ServerEvent =
  | 'vet_started'
  | 'vet_failed'
  | 'vet_passed'
  | 'approved'
  | 'rejected'
  | 'published'
  | 'suspended'
  | 'resumed'
  | 'retired';

/**
 * `draft → vetting → (vetting_failed) → needs_review → (rejected) → approved → published → (suspended) → retired`.
 * What is not listed here is not possible. A re-check of a server that is already in review, approved or
 * published does not move it: only its tools drift.
 */
const transitions = {
  draft: { vet_started: 'vetting', retired: 'retired' },
  vetting: {
    vet_started: 'vetting',
    vet_failed: 'vetting_failed',
    vet_passed: 'needs_review',
    retired: 'retired',
  },
  vetting_failed: { vet_started: 'vetting', retired: 'retired' },
  needs_review: { vet_started: 'vetting', approved: 'approved', rejected: 'rejected', retired: 'retired' },
  rejected: { vet_started: 'vetting', retired: 'retired' },
  approved: { approved: 'approved', published: 'published', retired: 'retired' },
  published: { approved: 'published', published: 'published', suspended: 'suspended', retired: 'retired' },
  suspended: { resumed: 'published', retired: 'retired' },
  retired: {},
} as const satisfies Record<ServerState, Partial<Record<ServerEvent, ServerState>>>;

export type ServerStep =
  | { readonly kind: 'moved'; readonly to: ServerState }
  | { readonly kind: 'illegal'; readonly from: ServerState; readonly event: ServerEvent };

/** Where an event takes a server, as a value. */
export function stepServer(from: ServerState, event: ServerEvent): ServerStep {
  const row: Partial<Record<ServerEvent, ServerState>> = transitions[from];
  const to = row[event];
  return to === undefined ? { kind: 'illegal', from, event } : { kind: 'moved', to };
}

/**
 * Where an event takes a server.
 * @throws AppError `illegal_transition`
 */
export function moveServer(from: ServerState, event: ServerEvent): ServerState {
  const step = stepServer(from, event);
  if (step.kind === 'moved') return step.to;
  throw new AppError('illegal_transition', `a server that is ${from} cannot be ${event}`, {
    details: { from, event },
  });
}

/** Whether a re-check (not a first vetting) is what this server needs: its tools are already decided on. */
export function isDecided(state: ServerState): boolean {
  return state === 'approved' || state === 'published' || state === 'suspended';
}
