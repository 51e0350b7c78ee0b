import { AlertTriangle, CheckCircle2, Eye, Info, PauseCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { type Tone, toneSoft } from './tone.tsx';

const icons = {
  neutral: Info,
  accent: Info,
  allow: CheckCircle2,
  hold: PauseCircle,
  block: AlertTriangle,
  observe: Eye,
} as const satisfies Record<Tone, typeof Info>;

export interface CalloutProps {
  readonly tone?: Tone | undefined;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly className?: string | undefined;
}

/** A note in the page that somebody should read before going on. */
export function Callout({ tone = 'neutral', title, children, action, className }: CalloutProps) {
  const Icon = icons[tone];
  return (
    <div
      className={cx(
        'flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border px-3.5 py-2.5',
        toneSoft[tone],
        className,
      )}
    >
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium text-sm">{title}</p>
        {children ? <div className="mt-0.5 max-w-[75ch] text-ink text-sm">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
