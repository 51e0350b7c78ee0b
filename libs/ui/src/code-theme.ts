import { json } from '@codemirror/lang-json';
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { hiddenCharacterPattern, nameHiddenCharacter } from './hidden-characters.ts';

/** A small language by its words: enough to read policy-like text without a parser. */
export interface WordLanguage {
  readonly keywords: readonly string[];
  readonly atoms: readonly string[];
}

export type CodeLanguage = 'json' | 'text' | WordLanguage;

const highlight = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: [tags.atom, tags.bool, tags.null], color: 'var(--observe)' },
  { tag: tags.string, color: 'var(--allow)' },
  { tag: tags.number, color: 'var(--hold)' },
  { tag: tags.comment, color: 'var(--faint)', fontStyle: 'italic' },
  { tag: tags.propertyName, color: 'var(--ink)', fontWeight: '500' },
  { tag: tags.meta, color: 'var(--observe)' },
]);

type TokenRule = readonly [pattern: RegExp, token: string | null];

const tokenRules: readonly TokenRule[] = [
  [/^\s+/, null],
  [/^\/\/.*/, 'comment'],
  [/^"(?:[^"\\]|\\.)*"?/, 'string'],
  [/^@\w+/, 'meta'],
  [/^\d+(?:\.\d+)?/, 'number'],
];

function wordLanguage(words: WordLanguage): Extension {
  const kinds = new Map<string, string>([
    ...words.keywords.map((word) => [word, 'keyword'] as const),
    ...words.atoms.map((word) => [word, 'atom'] as const),
  ]);
  return StreamLanguage.define({
    token(stream) {
      const rule = tokenRules.find(([pattern]) => stream.match(pattern));
      if (rule !== undefined) return rule[1];
      const start = stream.pos;
      if (stream.match(/^\w+/)) return kinds.get(stream.string.slice(start, stream.pos)) ?? null;
      stream.next();
      return null;
    },
  });
}

const theme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '0.8125rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--code-font)', lineHeight: '1.25rem' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--faint)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    backgroundColor: 'var(--accent-line) !important',
  },
  '.cm-specialChar': {
    color: 'var(--hold)',
    backgroundColor: 'var(--hold-soft)',
    border: '1px solid var(--hold-line)',
    borderRadius: '3px',
    fontSize: '0.6875rem',
    padding: '0 3px',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    color: 'var(--ink)',
  },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--block)' },
  '.cm-lintRange-error': { backgroundImage: 'none', borderBottom: '2px solid var(--block)' },
  '.cm-lintPoint-error::after': { borderBottomColor: 'var(--block)' },
  '.cm-collapsedLines': {
    color: 'var(--muted)',
    backgroundColor: 'var(--sunken)',
    backgroundImage: 'none',
    padding: '2px 12px',
  },
  '.cm-changedLine': { backgroundColor: 'var(--allow-soft) !important' },
  '.cm-deletedChunk, .cm-merge-a .cm-changedLine': { backgroundColor: 'var(--block-soft) !important' },
  '&.cm-merge-a .cm-changedLine': { backgroundColor: 'var(--block-soft) !important' },
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"⋯"' },
  'ins.cm-insertedLine, .cm-insertedLine, del.cm-deletedLine, .cm-deletedLine': {
    background: 'transparent',
    color: 'var(--ink)',
    textDecoration: 'none',
  },
  '.cm-changedText': {
    background: 'var(--allow-line) !important',
    color: 'var(--ink)',
    textDecoration: 'none',
  },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText, .cm-deletedText': {
    background: 'var(--block-line) !important',
    color: 'var(--ink)',
    textDecoration: 'none',
  },
  '.cm-changedText *, .cm-deletedText *': { color: 'var(--ink)' },
  '.cm-changeGutter': { width: '3px', paddingLeft: '0' },
  '.cm-changedLineGutter': { backgroundColor: 'var(--allow)' },
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': { backgroundColor: 'var(--block)' },
});

function drawHidden(code: number): HTMLElement {
  const { mark, name } = nameHiddenCharacter(code);
  const span = document.createElement('span');
  span.className = 'cm-specialChar';
  span.textContent = mark;
  span.title = name;
  span.setAttribute('aria-label', name);
  return span;
}

/** What every editor of ours shares: theme, colours, visible hidden characters, wrapping. */
export function baseExtensions(language: CodeLanguage): Extension[] {
  return [
    theme,
    syntaxHighlighting(highlight),
    highlightSpecialChars({
      render: drawHidden,
      addSpecialChars: new RegExp(hiddenCharacterPattern.source, 'gu'),
    }),
    EditorView.lineWrapping,
    language === 'json' ? json() : language === 'text' ? [] : wordLanguage(language),
  ];
}

/** The shadow root an editor lives in: its style sheets are constructed there, so the page needs no inline styles. */
export function shadowOf(host: HTMLElement): ShadowRoot {
  return host.shadowRoot ?? host.attachShadow({ mode: 'open' });
}
