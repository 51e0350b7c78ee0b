import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { baseExtensions, shadowOf } from './code-theme.ts';
import type { DiffViewProps } from './diff-view.tsx';
import { spellHidden } from './hidden-characters.ts';

function side(language: DiffViewProps['language'], label: string): Extension[] {
  return [
    ...baseExtensions(language),
    lineNumbers(),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
  ];
}

/** Mounts the merge view in a shadow root; side by side where there is room, else one column. */
export function DiffViewMount({ before, after, language, beforeLabel, afterLabel }: DiffViewProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return;
    const parent = shadowOf(host.current);
    const collapseUnchanged = { margin: 3, minSize: 6 };
    const isWide = host.current.clientWidth >= 720;
    const mounted = isWide
      ? new MergeView({
          parent,
          root: parent,
          a: { doc: before, extensions: side(language, beforeLabel) },
          b: { doc: after, extensions: side(language, afterLabel) },
          collapseUnchanged,
          gutter: true,
        })
      : new EditorView({
          parent,
          root: parent,
          // The one-column view draws removed text without our marks, so hidden characters are spelled out.
          doc: spellHidden(after),
          extensions: [
            ...side(language, afterLabel),
            unifiedMergeView({
              original: spellHidden(before),
              mergeControls: false,
              collapseUnchanged,
              gutter: true,
            }),
          ],
        });
    return () => mounted.destroy();
  }, [before, after, language, beforeLabel, afterLabel]);
  return <div ref={host} />;
}
