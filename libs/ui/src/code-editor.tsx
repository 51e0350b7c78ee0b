import { lazy, Suspense } from 'react';
import type { CodeLanguage } from './code-theme.ts';
import { cx } from './cx.ts';
import { SkeletonText } from './skeleton.tsx';

export interface CodeProblem {
  readonly message: string;
  /** One-based, as compilers count. */
  readonly startLine?: number | undefined;
  readonly startColumn?: number | undefined;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
}

export interface CodeEditorProps {
  readonly value: string;
  readonly onChange?: ((value: string) => void) | undefined;
  readonly language: CodeLanguage;
  readonly label: string;
  readonly loadingLabel: string;
  readonly isReadOnly?: boolean | undefined;
  readonly problems?: readonly CodeProblem[] | undefined;
  readonly className?: string | undefined;
}

const Mount = lazy(async () => ({ default: (await import('./code-editor-mount.tsx')).CodeEditorMount }));

/** A text editor with colours and faults at their line; the editor itself is loaded when first shown. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <div
      className={cx(
        'min-h-24 overflow-auto rounded-lg border bg-surface focus-within:border-focus [--code-font:var(--font-mono,monospace)]',
        props.className,
      )}
    >
      <Suspense
        fallback={
          <div className="p-3">
            <SkeletonText lines={4} label={props.loadingLabel} />
          </div>
        }
      >
        <Mount {...props} className={undefined} />
      </Suspense>
    </div>
  );
}
