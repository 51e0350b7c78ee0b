import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { type Tone, toneFill } from './tone.tsx';

export interface BarListItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly value: number;
  readonly shown: ReactNode;
  readonly onSelect?: (() => void) | undefined;
}

/** Names with their amounts as thin bars; readable as a list, no colour needed. */
export function BarList({
  items,
  tone = 'accent',
}: {
  readonly items: readonly BarListItem[];
  readonly tone?: Tone | undefined;
}) {
  const most = Math.max(1, ...items.map((item) => item.value));
  return (
    <ul className="flex flex-col">
      {items.map((item) => {
        const row = (
          <>
            <span className="flex items-baseline justify-between gap-3 text-sm">
              <span className="min-w-0 truncate">{item.label}</span>
              <span className="shrink-0 text-muted text-xs tabular-nums">{item.shown}</span>
            </span>
            <span aria-hidden="true" className="mt-1 block h-1 rounded-full bg-sunken">
              <span
                className={cx('block h-1 rounded-full', toneFill[tone])}
                style={{ width: `${(item.value / most) * 100}%` }}
              />
            </span>
          </>
        );
        return (
          <li key={item.id}>
            {item.onSelect ? (
              <button
                type="button"
                onClick={item.onSelect}
                className="-mx-2 block w-[calc(100%+1rem)] rounded-md px-2 py-1.5 text-start hover:bg-hover"
              >
                {row}
              </button>
            ) : (
              <div className="py-1.5">{row}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
