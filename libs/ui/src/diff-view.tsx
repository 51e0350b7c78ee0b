import { lazy, Suspense } from 'react';
import type { CodeLanguage } from './code-theme.ts';
import { SkeletonText } from './skeleton.tsx';

export interface DiffViewProps {
  readonly before: string;
  readonly after: string;
  readonly language: CodeLanguage;
  readonly beforeLabel: string;
  readonly afterLabel: string;
  readonly loadingLabel: string;
}

const Mount = lazy(async () => ({ default: (await import('./diff-view-mount.tsx')).DiffViewMount }));

/** Two texts and what changed between them, hidden characters drawn as marks; loaded when first shown. */
export function DiffView(props: DiffViewProps) {
  return (
    <div className="overflow-hidden rounded-lg border bg-surface [--code-font:var(--font-mono,monospace)]">
      <div className="grid grid-cols-2 border-b text-faint text-xs max-md:hidden">
        <span className="px-3 py-1.5">{props.beforeLabel}</span>
        <span className="border-s px-3 py-1.5">{props.afterLabel}</span>
      </div>
      <div className="max-h-[32rem] overflow-auto">
        <Suspense
          fallback={
            <div className="p-3">
              <SkeletonText lines={6} label={props.loadingLabel} />
            </div>
          }
        >
          <Mount {...props} />
        </Suspense>
      </div>
    </div>
  );
}
