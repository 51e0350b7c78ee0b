import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { CodeEditorProps, CodeProblem } from './code-editor.tsx';
import { baseExtensions, shadowOf } from './code-theme.ts';

function offsetOf(state: EditorState, line: number, column: number): number {
  const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  return Math.min(at.from + Math.max(column - 1, 0), at.to);
}

function toDiagnostic(state: EditorState, problem: CodeProblem): Diagnostic {
  const line = problem.startLine ?? 1;
  const from = offsetOf(state, line, problem.startColumn ?? 1);
  const to = problem.endLine === undefined ? from : offsetOf(state, problem.endLine, problem.endColumn ?? 1);
  return { from, to: Math.max(from, to), severity: 'error', message: problem.message };
}

/** Mounts CodeMirror in a shadow root; loaded on demand by `CodeEditor`. */
export function CodeEditorMount(props: CodeEditorProps) {
  const { value, language, label, isReadOnly = false, problems, className } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  /** Texts told to the owner that have not come back as `value` yet. */
  const told = useRef<string[]>([]);
  const emit = useEffectEvent((text: string) => {
    told.current.push(text);
    props.onChange?.(text);
  });
  const create = useEffectEvent((parent: ShadowRoot) => {
    const readOnly = new Compartment();
    return new EditorView({
      parent,
      root: parent,
      state: EditorState.create({
        doc: value,
        extensions: [
          baseExtensions(language),
          lineNumbers(),
          lintGutter(),
          history(),
          // Tab leaves the editor unless it is editable and focused on purpose: Escape, then Tab moves on.
          keymap.of([...defaultKeymap, ...historyKeymap, ...(isReadOnly ? [] : [indentWithTab])]),
          readOnly.of([EditorState.readOnly.of(isReadOnly), EditorView.editable.of(!isReadOnly)]),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) emit(update.state.doc.toString());
          }),
        ],
      }),
    });
  });

  useEffect(() => {
    if (host.current === null) return;
    const created = create(shadowOf(host.current));
    view.current = created;
    return () => {
      created.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    const current = view.current;
    const echo = told.current.indexOf(value);
    told.current = echo < 0 ? [] : told.current.slice(echo + 1);
    // A text of ours that comes back late must not overwrite what was typed since.
    if (current === null || echo >= 0 || current.state.doc.toString() === value) return;
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const current = view.current;
    if (current === null) return;
    current.dispatch(
      setDiagnostics(
        current.state,
        (problems ?? []).map((problem) => toDiagnostic(current.state, problem)),
      ),
    );
  }, [problems]);

  return <div ref={host} className={className} />;
}
