'use client';
import { createColumnHelper } from '@tanstack/react-table';
import Link from 'next/link';
import { useMemo } from 'react';
import { useTo } from '#app/_shell/project.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Money } from '#app/_ui/money.tsx';
import { StatusText } from '#app/_ui/status-icon.tsx';
import { Ago, Duration } from '#app/_ui/time.tsx';
import type { RunRow } from '#server/runs/types.ts';
import { RanVersion } from './ran-version.tsx';
import { runStatusOf } from './run-status.ts';

const column = createColumnHelper<RunRow>();

/** Runs, newest first; a row opens its run. */
export function RunTable({ runs }: { runs: RunRow[] }) {
  const to = useTo();
  const columns = useMemo(
    () => [
      column.accessor('ref', {
        header: 'Run',
        cell: ({ row, getValue }) => (
          <Link href={to('runs', row.original.id)} className="font-medium after:absolute after:inset-0">
            R-{getValue()}
          </Link>
        ),
        meta: { className: 'w-20 max-phone:w-16' },
      }),
      column.accessor('pipelineName', {
        header: 'Pipeline',
        cell: ({ row: { original } }) => (
          <span className="flex min-w-0 items-center gap-2">
            <span className="truncate">{original.pipelineName}</span>
            <RanVersion run={original} className="text-fg-3" />
            {original.mode === 'test' && <Badge tone="outline">test</Badge>}
          </span>
        ),
      }),
      column.accessor('status', {
        header: 'Status',
        cell: ({ row: { original } }) => <StatusText {...runStatusOf(original)} className="max-w-full text-12" />,
        meta: { className: 'w-48 max-phone:w-36' },
      }),
      column.accessor('createdAt', {
        header: 'Started',
        cell: ({ getValue }) => <Ago at={getValue()} long className="text-fg-2" />,
        meta: { className: 'w-24 text-right', phone: 'hide' },
      }),
      column.display({
        id: 'took',
        header: 'Took',
        cell: ({ row: { original } }) => (
          <Duration startedAt={original.startedAt} endedAt={original.endedAt} className="text-fg-2" />
        ),
        meta: { className: 'w-28 text-right', phone: 'hide' },
      }),
      column.accessor('spendMicros', {
        header: 'Settled',
        cell: ({ getValue }) => <Money micros={getValue()} look="statement" />,
        meta: { className: 'w-28 text-right', phone: 'hide' },
      }),
    ],
    [to],
  );
  return <DataTable columns={columns} data={runs} rowId={(run) => run.id} label="Runs" />;
}
