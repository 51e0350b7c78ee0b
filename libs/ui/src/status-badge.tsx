import { Ban, CheckCircle2, Circle, CircleDashed, Eye, PauseCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from './badge.tsx';
import { cx } from './cx.ts';
import { type Tone, toneText } from './tone.tsx';

const icons = {
  neutral: CircleDashed,
  accent: Circle,
  allow: CheckCircle2,
  hold: PauseCircle,
  block: Ban,
  observe: Eye,
} as const satisfies Record<Tone, typeof Ban>;

export interface StatusBadgeProps {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly icon?: ReactNode;
  /** Without the box, for dense tables. */
  readonly isPlain?: boolean | undefined;
  readonly className?: string | undefined;
}

/** A status: its icon, its word and its colour, always together. */
export function StatusBadge({ tone, children, icon, isPlain = false, className }: StatusBadgeProps) {
  const Icon = icons[tone];
  const drawn = icon ?? <Icon aria-hidden="true" />;
  if (!isPlain) {
    return (
      <Badge tone={tone} icon={drawn} className={className}>
        {children}
      </Badge>
    );
  }
  return (
    <span
      className={cx(
        'inline-flex min-w-0 max-w-full items-center gap-1.5 align-middle text-xs [&_svg]:size-3.5 [&_svg]:shrink-0',
        toneText[tone],
        className,
      )}
    >
      {drawn}
      <span className="truncate">{children}</span>
    </span>
  );
}
