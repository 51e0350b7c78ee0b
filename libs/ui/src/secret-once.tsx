import { CopyButton } from './copy-button.tsx';

export interface SecretOnceProps {
  readonly secret: string;
  /** Says that it will not be shown again. */
  readonly note: string;
  readonly label: string;
  readonly copyLabel: string;
  readonly copiedLabel: string;
  readonly onCopied?: (() => void) | undefined;
}

/** A secret in the only moment it can be read. Keep it in component state, never in a cache or the URL. */
export function SecretOnce({ secret, note, label, copyLabel, copiedLabel, onCopied }: SecretOnceProps) {
  return (
    <div className="rounded-lg border border-hold-line bg-hold-soft p-3">
      <p className="mb-2 text-hold text-sm">{note}</p>
      <div className="flex items-center gap-2 rounded-md border bg-surface py-1 ps-3 pe-1">
        <span className="sr-only">{label}</span>
        <code className="min-w-0 flex-1 select-all overflow-x-auto whitespace-nowrap font-mono text-sm">
          {secret}
        </code>
        <CopyButton text={secret} label={copyLabel} copiedLabel={copiedLabel} onCopied={onCopied} />
      </div>
    </div>
  );
}
