import { X } from 'lucide-react';
import type { ReactNode } from 'react';

export interface FilterToken {
  readonly id: string;
  readonly label: ReactNode;
  readonly value: ReactNode;
  readonly removeLabel: string;
  readonly onRemove: () => void;
}

export interface FilterBarProps {
  readonly label: string;
  /** Controls that add filters. */
  readonly children?: ReactNode;
  readonly tokens: readonly FilterToken[];
  readonly clearLabel: string;
  readonly onClear: () => void;
  readonly aside?: ReactNode;
}

/** Controls on the left, what is active as removable tokens beside them. */
export function FilterBar({ label, children, tokens, clearLabel, onClear, aside }: FilterBarProps) {
  return (
    <search aria-label={label} className="flex flex-wrap items-center gap-2 pb-3">
      {children}
      {tokens.map((token) => (
        <span
          key={token.id}
          className="inline-flex h-7 max-w-72 items-center gap-1 rounded-md border border-accent-line bg-accent-soft ps-2 text-xs"
        >
          <span className="text-accent">{token.label}</span>
          <span className="min-w-0 truncate font-medium">{token.value}</span>
          <button
            type="button"
            aria-label={token.removeLabel}
            onClick={token.onRemove}
            className="inline-flex size-6 shrink-0 items-center justify-center text-faint hover:text-ink"
          >
            <X className="size-3" aria-hidden="true" />
          </button>
        </span>
      ))}
      {tokens.length > 0 ? (
        <button
          type="button"
          onClick={onClear}
          className="h-7 rounded-md px-2 text-muted text-xs hover:bg-hover hover:text-ink"
        >
          {clearLabel}
        </button>
      ) : null}
      {aside ? <div className="ms-auto flex items-center gap-2">{aside}</div> : null}
    </search>
  );
}
