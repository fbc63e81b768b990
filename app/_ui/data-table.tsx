'use client';
import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  type Header,
  type RowData,
  type SortingState,
  useReactTable,
} from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { cn } from './cn.ts';

declare module '@tanstack/react-table' {
  interface ColumnMeta<TData extends RowData, TValue> {
    /** Width and alignment, for head and cells. */
    className?: string;
    /** `hide`: the column is left out on a phone. */
    phone?: 'hide';
  }
}

/** A table with rows of 40 px. A link in a cell with `after:absolute after:inset-0` makes the whole row open it. */
export function DataTable<Row>({
  columns,
  data,
  rowId,
  label,
  sortable = false,
}: {
  // biome-ignore lint/suspicious/noExplicitAny: the columns of one table hold values of many types
  columns: ColumnDef<Row, any>[];
  data: Row[];
  rowId: (row: Row) => string;
  label: string;
  /** Heads sort what is loaded; leave off where more rows come from the server. */
  sortable?: boolean;
}) {
  const [sorting, setSorting] = useState<SortingState>([]);
  const table = useReactTable({
    columns,
    data,
    getRowId: rowId,
    state: { sorting },
    onSortingChange: setSorting,
    enableSorting: sortable,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  return (
    <table aria-label={label} className="w-full table-fixed border-collapse text-12">
      <thead className="sticky top-0 z-10 bg-bg">
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <HeadCell key={header.id} header={header} />
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id} className="relative hover:bg-hover">
            {row.getVisibleCells().map((each) => (
              <td key={each.id} className={cn(cell, 'h-10 max-phone:h-12', metaClass(each.column.columnDef.meta))}>
                {flexRender(each.column.columnDef.cell, each.getContext())}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const cell =
  'truncate border-b border-line pr-3 text-left first:pl-6 last:pr-6 max-phone:first:pl-4 max-phone:last:pr-4';

function metaClass(meta: { className?: string; phone?: 'hide' } | undefined): string {
  return cn(meta?.className, meta?.phone === 'hide' && 'max-phone:hidden');
}

function HeadCell<Row>({ header }: { header: Header<Row, unknown> }) {
  const { column } = header;
  const text = flexRender(column.columnDef.header, header.getContext());
  return (
    <th className={cn(cell, 'h-7 text-11 font-medium text-fg-3', metaClass(column.columnDef.meta))}>
      {column.getCanSort() ? (
        <button type="button" onClick={column.getToggleSortingHandler()} className="inline-flex items-center gap-1">
          {text}
          <SortMark sorted={column.getIsSorted()} />
        </button>
      ) : (
        text
      )}
    </th>
  );
}

function SortMark({ sorted }: { sorted: false | 'asc' | 'desc' }) {
  if (sorted === 'asc') return <ArrowUp size={12} aria-label="ascending" />;
  if (sorted === 'desc') return <ArrowDown size={12} aria-label="descending" />;
  return null;
}
