import { CopyButton } from './copy-button.tsx';

export interface CodeBlockProps {
  readonly code: string;
  readonly label: string;
  readonly copyLabel: string;
  readonly copiedLabel: string;
  readonly onCopied?: (() => void) | undefined;
}

/** Text to copy as it stands: a command or a file. */
export function CodeBlock({ code, label, copyLabel, copiedLabel, onCopied }: CodeBlockProps) {
  return (
    <div className="relative rounded-lg border bg-sunken">
      <section aria-label={label}>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
          tabIndex={0}
          className="max-h-80 overflow-y-auto whitespace-pre-wrap p-3 pe-24 [overflow-wrap:anywhere] font-mono text-xs leading-5"
        >
          <code>{code}</code>
        </pre>
      </section>
      <CopyButton
        className="absolute end-2 top-2"
        text={code}
        label={copyLabel}
        copiedLabel={copiedLabel}
        onCopied={onCopied}
      />
    </div>
  );
}
