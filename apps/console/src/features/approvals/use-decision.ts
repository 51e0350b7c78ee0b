import { useRef, useState } from 'react';
import { usePermission } from '../../lib/permission-gate.tsx';
import type { ApprovalItem, DecideMutation } from './approval-pane.tsx';

export type Intent = 'approve' | 'reject';

export interface DecisionInput {
  readonly item: ApprovalItem;
  /** Ids of the ticked tools. */
  readonly approved: ReadonlySet<string>;
  /** The definitions moved since they were read: deciding must wait. */
  readonly isStale: boolean;
  /** Approving would let a high or critical finding through: the safe button is the loud one. */
  readonly isGrave: boolean;
  readonly decide: DecideMutation;
}

/** The draft of one decision: its reason, its direction, and what sending it would say. */
export function useDecision({ item, approved, isStale, isGrave, decide }: DecisionInput) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState('');
  const [publish, setPublish] = useState(true);
  const [intent, setIntent] = useState<Intent>(isGrave ? 'reject' : 'approve');
  const [isAsked, setAsked] = useState(false);
  const isAllowed = usePermission('approvals.decide');
  const isMissing = reason.trim() === '';
  const canSend = isAllowed && !isStale && !decide.isPending;

  function send(as: Intent) {
    const isPublished = item.kind === 'TOOL' || publish;
    decide.mutate({
      input: {
        approvalId: item.id,
        reason: reason.trim(),
        publish: isPublished,
        tools: item.tools.map((entry) => ({
          toolId: entry.tool.id,
          digest: entry.observedDigest,
          decision: as === 'approve' && approved.has(entry.tool.id) ? 'APPROVE' : 'REJECT',
        })),
      },
    });
  }
  /** Turns to a direction and asks for the reason; nothing is sent. */
  function prepare(as: Intent) {
    setIntent(as);
    field.current?.focus();
  }
  function commit(as: Intent) {
    if (!canSend || (as === 'approve' && approved.size === 0)) return;
    prepare(as);
    setAsked(true);
    if (!isMissing) send(as);
  }
  return {
    field,
    reason,
    setReason,
    publish,
    setPublish,
    intent,
    isAllowed,
    hasReason: !isMissing,
    isReasonMissing: isAsked && isMissing,
    prepare,
    commit,
  };
}

export type DecisionDraft = ReturnType<typeof useDecision>;
