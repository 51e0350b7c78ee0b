import './texts.ts';
import { Badge } from '@sallyport/ui/badge';
import { StatusBadge } from '@sallyport/ui/status-badge';
import type { Tone } from '@sallyport/ui/tone';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type {
  ActiveState,
  CallOutcome,
  FindingSeverity,
  ServerState,
  ToolState,
} from '../generated/graphql.ts';

const serverTones = {
  DRAFT: 'neutral',
  VETTING: 'accent',
  VETTING_FAILED: 'block',
  NEEDS_REVIEW: 'hold',
  REJECTED: 'block',
  APPROVED: 'accent',
  PUBLISHED: 'allow',
  SUSPENDED: 'hold',
  RETIRED: 'neutral',
} as const satisfies Record<ServerState, Tone>;

export interface ServerBadgeProps {
  readonly state: ServerState;
  readonly hasDrift: boolean;
  readonly isPlain?: boolean | undefined;
}

/** Where a server stands; a changed tool says so beside it. */
export function ServerBadge({ state, hasDrift, isPlain }: ServerBadgeProps) {
  const { t } = useTranslation(['common', 'parts']);
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5 align-middle">
      <StatusBadge tone={serverTones[state]} isPlain={isPlain}>
        {t(`common:serverState.${state}`)}
      </StatusBadge>
      {hasDrift ? (
        <StatusBadge tone="block" isPlain={isPlain} icon={<TriangleAlert aria-hidden="true" />}>
          {t('parts:drift')}
        </StatusBadge>
      ) : null}
    </span>
  );
}

const toolTones = {
  PROPOSED: 'neutral',
  APPROVED: 'allow',
  HIDDEN: 'neutral',
  DRIFTED: 'block',
  REMOVED: 'neutral',
} as const satisfies Record<ToolState, Tone>;

export function ToolBadge({
  state,
  isPlain,
}: {
  readonly state: ToolState;
  readonly isPlain?: boolean | undefined;
}) {
  const { t } = useTranslation();
  return (
    <StatusBadge tone={toolTones[state]} isPlain={isPlain}>
      {t(`toolState.${state}`)}
    </StatusBadge>
  );
}

const outcomeTones = {
  OK: 'allow',
  TOOL_ERROR: 'hold',
  DENIED: 'block',
  ERROR: 'block',
  CANCELLED: 'neutral',
  UNKNOWN: 'observe',
  RUNNING: 'accent',
} as const satisfies Record<CallOutcome, Tone>;

export interface OutcomeBadgeProps {
  readonly outcome: CallOutcome;
  readonly code: string | null;
  readonly isPlain?: boolean | undefined;
}

/** How a call ended; a stop shows its code, so it is never a bare red badge. */
export function OutcomeBadge({ outcome, code, isPlain }: OutcomeBadgeProps) {
  const { t } = useTranslation();
  return (
    <StatusBadge tone={outcomeTones[outcome]} isPlain={isPlain}>
      {t(`outcome.${outcome}`)}
      {code === null ? null : <span className="ms-1.5 font-mono text-2xs">{code}</span>}
    </StatusBadge>
  );
}

const severityTones = {
  LOW: 'neutral',
  MEDIUM: 'observe',
  HIGH: 'hold',
  CRITICAL: 'block',
} as const satisfies Record<FindingSeverity, Tone>;

export const severityOrder: readonly FindingSeverity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

/** The gravest of some findings, or null when there are none. */
export function gravest(
  findings: ReadonlyArray<{ readonly severity: FindingSeverity }>,
): FindingSeverity | null {
  let found: FindingSeverity | null = null;
  for (const { severity } of findings) {
    if (found === null || severityOrder.indexOf(severity) > severityOrder.indexOf(found)) found = severity;
  }
  return found;
}

export function SeverityBadge({ severity }: { readonly severity: FindingSeverity }) {
  const { t } = useTranslation();
  return (
    <StatusBadge tone={severityTones[severity]} icon={<TriangleAlert aria-hidden="true" />}>
      {t(`severity.${severity}`)}
    </StatusBadge>
  );
}

/** How many findings and how grave the gravest is. */
export function FindingsBadge({
  findings,
}: {
  readonly findings: ReadonlyArray<{ readonly severity: FindingSeverity }>;
}) {
  const { t } = useTranslation('parts');
  const worst = gravest(findings);
  if (worst === null) return <span className="text-faint text-xs">{t('findings.none')}</span>;
  return (
    <Badge tone={severityTones[worst]} icon={<TriangleAlert aria-hidden="true" />}>
      {t('findings.count', { count: findings.length })}
    </Badge>
  );
}

export function ActiveBadge({ state }: { readonly state: ActiveState }) {
  const { t } = useTranslation();
  return <StatusBadge tone={state === 'ACTIVE' ? 'allow' : 'hold'}>{t(`activeState.${state}`)}</StatusBadge>;
}
