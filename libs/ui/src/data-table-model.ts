import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { DataColumn, DataTableProps } from './data-table.tsx';
import { useWidth } from './use-width.ts';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

const windowSize = 200;
const windowStep = 100;
/** Above this many rows the table engine is given only a window of them, so appends stay cheap. */
const windowFrom = 400;

interface Sliced<Row> {
  readonly data: Row[];
  readonly offset: number;
}

function sliceWindow<Row>(rows: readonly Row[], first: number, isWhole: boolean): Sliced<Row> {
  if (isWhole || rows.length <= windowFrom) return { data: rows as Row[], offset: 0 };
  const offset = Math.max(0, Math.floor(first / windowStep) * windowStep - windowStep / 2);
  return { data: rows.slice(offset, offset + windowSize), offset };
}

function toDefs<Row extends object>(columns: ReadonlyArray<DataColumn<Row>>) {
  return columns.map(
    (column): ColumnDef<typeof features, Row> => ({
      id: column.id,
      accessorFn: (row: Row) => column.sortValue?.(row) ?? '',
      enableSorting: column.sortValue !== undefined,
      sortFn: column.isNumeric === true ? 'basic' : 'alphanumeric',
    }),
  );
}

/** Where a key moves the focus to, or null when it moves nothing. */
export function nextIndex(key: string, index: number, count: number): number | null {
  const last = count - 1;
  const targets: Readonly<Record<string, number>> = {
    j: index + 1,
    ArrowDown: index + 1,
    k: index - 1,
    ArrowUp: index - 1,
    Home: 0,
    End: last,
    PageDown: index + 10,
    PageUp: index - 10,
  };
  const target = targets[key];
  return target === undefined ? null : Math.max(0, Math.min(target, last));
}

interface RowKeys<Row> {
  readonly rowAt: (index: number) => Row | undefined;
  readonly focusRow: (index: number, onFocused: () => void) => void;
}

/** j, k, arrows, Home, End and paging move the focus; Enter opens. */
function useRowKeys<Row extends object>(props: DataTableProps<Row>, { rowAt, focusRow }: RowKeys<Row>) {
  const { rows, openId, onOpen } = props;
  // The focus follows a frame later; keys pressed meanwhile count from where it is going.
  const heading = useRef<number | null>(null);
  function open(index: number) {
    const row = rowAt(index);
    if (row !== undefined) onOpen?.(row);
  }
  return (event: KeyboardEvent<HTMLDivElement>) => {
    const at = event.target instanceof HTMLElement ? event.target.dataset.row : undefined;
    if (at === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    const from = heading.current ?? Number(at);
    if (event.key === 'Enter') return open(from);
    const next = nextIndex(event.key, from, rows.length);
    if (next === null) return;
    event.preventDefault();
    heading.current = next;
    focusRow(next, () => {
      heading.current = null;
    });
    // With the pane open, moving in the list moves what is read.
    if (openId !== undefined && openId !== null) open(next);
  };
}

/** Tells once per length of the list that its reader nears the end. */
function useReachedEnd(isNearEnd: boolean, length: number, onEnd: (() => void) | undefined): void {
  const reachEnd = useEffectEvent(() => onEnd?.());
  useEffect(() => {
    if (isNearEnd && length > 0) reachEnd();
  }, [isNearEnd, length]);
}

function focusDrawnRow(scroller: HTMLElement | null, index: number, isFilling: boolean): void {
  const row = scroller?.querySelector<HTMLElement>(`[data-row="${index}"]`);
  row?.focus({ preventScroll: isFilling });
}

/** The table engine over the rows that matter now: all when sorted by the reader, else a window of them. */
function useSortedWindow<Row extends object>(props: DataTableProps<Row>, first: number) {
  const { columns, rows, isFilling = false } = props;
  const [sorting, setSorting] = useState<SortingState>([]);
  const defs = useMemo(() => toDefs(columns), [columns]);
  const isWhole = sorting.length > 0 || !isFilling;
  const sliced = useMemo(() => sliceWindow(rows, first, isWhole), [rows, first, isWhole]);
  const table = useTable({
    features,
    columns: defs,
    data: sliced.data,
    getRowId: props.rowId,
    state: { sorting },
    onSortingChange: setSorting,
  });
  const model = table.getRowModel().rows;
  return { table, model, offset: sliced.offset, sorting };
}

/** Columns that fit, the rows to draw and where, sorting and the roving focus. */
export function useDataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, rowHeight = 36, isFilling = false } = props;
  const [scroller, width] = useWidth<HTMLDivElement>();
  const [active, setActive] = useState(0);
  const shown = useMemo(
    () => columns.filter((each) => each.showFrom === undefined || width === 0 || width >= each.showFrom),
    [columns, width],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    enabled: isFilling,
    onChange: (instance) => props.onScrolledChange?.((instance.scrollOffset ?? 0) > rowHeight),
  });
  const virtual = virtualizer.getVirtualItems();
  const first = virtual[0]?.index ?? 0;
  const { table, model, offset, sorting } = useSortedWindow(props, first);
  const rowAt = (index: number): Row | undefined => model[index - offset]?.original;

  const isNearEnd = isFilling && (virtual.at(-1)?.index ?? -1) >= rows.length - 20;
  useReachedEnd(isNearEnd, rows.length, props.onEnd);

  const onKeyDown = useRowKeys(props, {
    rowAt,
    focusRow(index, onFocused) {
      setActive(index);
      if (isFilling) virtualizer.scrollToIndex(index);
      requestAnimationFrame(() => {
        focusDrawnRow(scroller.current, index, isFilling);
        onFocused();
      });
    },
  });

  return {
    scroller,
    shown,
    template: shown.map((column) => column.track).join(' '),
    places: isFilling
      ? virtual.map((item) => ({ index: item.index, start: item.start }))
      : model.map((_, index) => ({ index, start: null })),
    height: isFilling ? virtualizer.getTotalSize() : null,
    activeIndex: Math.min(active, rows.length - 1),
    rowAt,
    setActive,
    onKeyDown,
    sorted: sorting[0] ?? null,
    toggleSort: (id: string) => table.getColumn(id)?.toggleSorting(),
  };
}
