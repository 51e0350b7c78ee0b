import type { ReactNode } from 'react';

export interface PageHeaderProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** Links above the title, the outermost first. */
  readonly trail?: ReactNode;
  /** Badges beside the title. */
  readonly meta?: ReactNode;
  /** Buttons; at most one is primary. */
  readonly actions?: ReactNode;
}

export function PageHeader({ title, description, trail, meta, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pb-5">
      <div className="min-w-0">
        {trail ? <div className="mb-1 flex items-center gap-1 text-faint text-xs">{trail}</div> : null}
        <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="min-w-0 font-semibold text-xl tracking-[-0.012em]">{title}</h1>
          {meta}
        </div>
        {description ? <p className="mt-1 max-w-[75ch] text-muted text-sm">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
