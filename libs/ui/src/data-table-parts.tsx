import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import type { DataColumn } from './data-table.tsx';
import { Skeleton } from './skeleton.tsx';

interface HeaderCellProps<Row> {
  readonly column: DataColumn<Row>;
  readonly direction: 'asc' | 'desc' | null;
  readonly onSort: () => void;
}

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

export function HeaderCell<Row>({ column, direction, onSort }: HeaderCellProps<Row>) {
  const Icon = direction === 'asc' ? ArrowUp : ArrowDown;
  const label = (
    <span className="inline-flex min-w-0 max-w-full items-center gap-1">
      <span className="truncate">{column.header}</span>
      {direction === null ? null : <Icon className="size-3 shrink-0" aria-hidden="true" />}
    </span>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, which a table element does not allow
    // biome-ignore lint/a11y/useFocusableInteractive: its button is the target
    <div
      role="columnheader"
      aria-sort={direction === null ? undefined : ariaSort[direction]}
      className={cx('min-w-0 px-1.5', column.isNumeric === true && 'text-end')}
    >
      {column.sortValue === undefined ? (
        label
      ) : (
        <button type="button" onClick={onSort} className="min-h-6 max-w-full rounded-sm hover:text-ink">
          {label}
        </button>
      )}
    </div>
  );
}

interface BodyRowProps<Row> {
  readonly row: Row;
  readonly index: number;
  /** Pixels from the top when placed by the virtualizer. */
  readonly start: number | null;
  readonly height: number;
  readonly template: string;
  readonly columns: ReadonlyArray<DataColumn<Row>>;
  readonly isOpen: boolean;
  readonly isActive: boolean;
  readonly onOpen: (() => void) | undefined;
}

export function BodyRow<Row>(props: BodyRowProps<Row>) {
  const { row, index, start, height, template, columns, isOpen, isActive, onOpen } = props;
  const isPlaced = start !== null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, which a table element does not allow
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it handles the keys
    <div
      role="row"
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      tabIndex={isActive ? 0 : -1}
      onClick={onOpen}
      className={cx(
        'grid items-center border-b px-1.5 text-sm outline-offset-[-2px]',
        onOpen && 'cursor-pointer hover:bg-hover',
        isOpen && 'bg-accent-soft hover:bg-accent-soft',
        isPlaced && 'absolute inset-x-0 top-0',
      )}
      style={{
        gridTemplateColumns: template,
        ...(isPlaced ? { height, transform: `translateY(${start}px)` } : { minHeight: height }),
      }}
    >
      {columns.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, which a table element does not allow
        // biome-ignore lint/a11y/useFocusableInteractive: focus moves by row
        <div
          key={column.id}
          role="gridcell"
          className={cx(
            'min-w-0 truncate px-1.5',
            column.isNumeric === true && 'text-end tabular-nums',
            !isPlaced && 'py-1.5',
          )}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

interface SkeletonRowsProps {
  readonly template: string;
  readonly columns: ReadonlyArray<{ readonly id: string }>;
  readonly height: number;
  readonly label: string;
}

const skeletonRows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export function SkeletonRows({ template, columns, height, label }: SkeletonRowsProps) {
  return (
    <div role="status" aria-label={label}>
      {skeletonRows.map((row, index) => (
        <div
          key={row}
          className="grid items-center border-b px-1.5"
          style={{ gridTemplateColumns: template, height }}
        >
          {columns.map((column, cell) => (
            <span key={column.id} className="px-1.5">
              <Skeleton className={cx('h-3', (cell + index) % 3 === 0 ? 'w-3/5' : 'w-4/5')} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

export function TableMessage({ children }: { readonly children: ReactNode }) {
  return <div className="flex min-h-40 flex-col justify-center">{children}</div>;
}
