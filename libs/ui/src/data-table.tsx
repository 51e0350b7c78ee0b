import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { useDataTable } from './data-table-model.ts';
import { BodyRow, HeaderCell, SkeletonRows, TableMessage } from './data-table-parts.tsx';

export interface DataColumn<Row> {
  readonly id: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** A CSS grid track: `8rem`, `minmax(10rem,1fr)`. */
  readonly track: string;
  readonly isNumeric?: boolean | undefined;
  /** Left out when the table is narrower than this many pixels. */
  readonly showFrom?: number | undefined;
  /** Makes the column sortable over the loaded rows. */
  readonly sortValue?: ((row: Row) => string | number) | undefined;
}

export type DataState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'error'; readonly content: ReactNode }
  | { readonly kind: 'stale'; readonly notice: ReactNode };

export interface DataTableProps<Row> {
  readonly label: string;
  readonly loadingLabel: string;
  /** Keep it stable between renders. */
  readonly columns: ReadonlyArray<DataColumn<Row>>;
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly state: DataState;
  /** Shown when there are no rows. */
  readonly empty: ReactNode;
  readonly onOpen?: ((row: Row) => void) | undefined;
  readonly openId?: string | null | undefined;
  /** Called when the reader nears the last row. */
  readonly onEnd?: (() => void) | undefined;
  readonly rowHeight?: number | undefined;
  /** Fills its parent, scrolls inside and draws only what is seen; else it is as high as its rows. */
  readonly isFilling?: boolean | undefined;
  readonly onScrolledChange?: ((isScrolled: boolean) => void) | undefined;
  readonly footer?: ReactNode;
}

/** The one table: skeleton, empty, error and stale states, virtual rows, j/k/Enter, columns that give way. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { rows, rowId, state, onOpen, openId, rowHeight = 36, isFilling = false } = props;
  const model = useDataTable(props);
  const hasData = state.kind === 'ready' || state.kind === 'stale';
  return (
    <div className={cx('flex min-w-0 flex-col', isFilling && 'min-h-0 flex-1')}>
      {state.kind === 'stale' ? (
        <div
          role="status"
          className="flex items-center gap-2 border-b bg-hold-soft px-3 py-1.5 text-hold text-xs"
        >
          {state.notice}
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, which a table element does not allow */}
      <div
        ref={model.scroller}
        role="grid"
        tabIndex={-1}
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        aria-busy={state.kind === 'loading'}
        onKeyDown={model.onKeyDown}
        className={cx('min-w-0 overflow-x-auto', isFilling && 'min-h-0 flex-1 overflow-y-auto')}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see the grid above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: a header row is no target */}
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-10 grid h-8 items-center border-b bg-surface px-1.5 text-faint text-xs"
          style={{ gridTemplateColumns: model.template }}
        >
          {model.shown.map((column) => (
            <HeaderCell
              key={column.id}
              column={column}
              direction={model.sorted?.id === column.id ? (model.sorted.desc ? 'desc' : 'asc') : null}
              onSort={() => model.toggleSort(column.id)}
            />
          ))}
        </div>
        {state.kind === 'loading' ? (
          <SkeletonRows
            template={model.template}
            columns={model.shown}
            height={rowHeight}
            label={props.loadingLabel}
          />
        ) : null}
        {state.kind === 'error' ? <TableMessage>{state.content}</TableMessage> : null}
        {hasData && rows.length === 0 ? <TableMessage>{props.empty}</TableMessage> : null}
        {hasData ? (
          <div className="relative" style={model.height === null ? undefined : { height: model.height }}>
            {model.places.map(({ index, start }) => {
              const row = model.rowAt(index);
              if (row === undefined) return null;
              const open = () => {
                model.setActive(index);
                onOpen?.(row);
              };
              return (
                <BodyRow
                  key={rowId(row)}
                  row={row}
                  index={index}
                  start={start}
                  height={rowHeight}
                  template={model.template}
                  columns={model.shown}
                  isOpen={openId === rowId(row)}
                  isActive={index === model.activeIndex}
                  onOpen={onOpen === undefined ? undefined : open}
                />
              );
            })}
          </div>
        ) : null}
        {props.footer}
      </div>
    </div>
  );
}
