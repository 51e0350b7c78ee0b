import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { cx } from './cx.ts';

export interface VirtualListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly itemKey: (item: Item) => string;
  readonly children: (item: Item, index: number) => ReactNode;
  /** Height of a row before it is drawn, pixels. */
  readonly estimate?: number | undefined;
  /** Brings this item into view when it changes. */
  readonly showKey?: string | null | undefined;
  readonly className?: string | undefined;
}

/** A list that scrolls inside and draws only what is seen; rows may differ in height. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { label, items, itemKey, children, estimate = 40, showKey = null, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : itemKey(item);
    },
    overscan: 10,
  });
  const showIndex = showKey === null ? -1 : items.findIndex((item) => itemKey(item) === showKey);
  useEffect(() => {
    if (showIndex >= 0) virtualizer.scrollToIndex(showIndex);
  }, [virtualizer, showIndex]);
  return (
    <div ref={scroller} className={cx('min-h-0 overflow-y-auto', className)}>
      <ul aria-label={label} className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          return item === undefined ? null : (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              {children(item, index)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
