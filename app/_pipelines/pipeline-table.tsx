'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createColumnHelper } from '@tanstack/react-table';
import Link from 'next/link';
import { useMemo } from 'react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { integer, percent } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import { Switch } from '#app/_ui/switch.tsx';
import { Ago } from '#app/_ui/time.tsx';
import type { PipelineRow } from '#server/pipelines/types.ts';
import { PipelineMenu } from './pipeline-menu.tsx';
import { Sparkline } from './sparkline.tsx';

/** Share of the runs of 30 days that ended well, of those that ended; below 0 where none did. */
function successOf({ runs30d, succeeded30d, lastRuns }: PipelineRow): number {
  const ended = runs30d - lastRuns.filter((run) => run.ms === null).length;
  return ended <= 0 ? -1 : succeeded30d / ended;
}

const column = createColumnHelper<PipelineRow>();

/** The pipelines of the project; a row opens the editor. */
export function PipelineTable({ pipelines }: { pipelines: PipelineRow[] }) {
  const to = useTo();
  const columns = useMemo(
    () => [
      column.accessor('name', {
        header: 'Pipeline',
        cell: ({ row: { original } }) => (
          <span className="flex min-w-0 items-center gap-2 text-13">
            <Link href={to('pipelines', original.id)} className="truncate font-medium after:absolute after:inset-0">
              {original.name}
            </Link>
            <VersionBadges pipeline={original} />
          </span>
        ),
      }),
      column.display({
        id: 'last',
        header: 'Last runs',
        cell: ({ row: { original } }) => <Sparkline runs={original.lastRuns} />,
        meta: { className: 'w-32', phone: 'hide' },
      }),
      column.accessor('runs30d', {
        header: 'Runs, 30 d',
        cell: ({ getValue }) => integer(getValue()),
        meta: { className: 'w-24 text-right', phone: 'hide' },
      }),
      column.accessor(successOf, {
        id: 'success',
        header: 'Success',
        cell: ({ getValue }) => (getValue() < 0 ? <span className="text-fg-3">–</span> : percent(getValue())),
        meta: { className: 'w-20 text-right', phone: 'hide' },
      }),
      column.accessor('spendMicros30d', {
        header: 'Spend, 30 d',
        cell: ({ getValue }) => <Money micros={getValue()} look="statement" />,
        meta: { className: 'w-28 text-right', phone: 'hide' },
      }),
      column.accessor('updatedAt', {
        header: 'Changed',
        cell: ({ getValue }) => <Ago at={getValue()} className="text-fg-2" />,
        meta: { className: 'w-20 text-right', phone: 'hide' },
      }),
      column.accessor('enabled', {
        header: 'Enabled',
        cell: ({ row: { original } }) => (
          <span className="relative z-10 inline-flex items-center gap-3">
            <EnabledSwitch pipeline={original} />
            <PipelineMenu pipeline={original} />
          </span>
        ),
        meta: { className: 'w-28 text-right' },
      }),
    ],
    [to],
  );
  return <DataTable columns={columns} data={pipelines} rowId={(row) => row.id} label="Pipelines" sortable />;
}

function VersionBadges({ pipeline }: { pipeline: PipelineRow }) {
  return (
    <>
      {pipeline.published !== null && <Badge tone="outline">v{pipeline.published}</Badge>}
      {pipeline.published === null ? (
        <Badge>draft only</Badge>
      ) : (
        pipeline.draftDiffers && (
          <Badge tone="accent" className="max-phone:hidden">
            draft differs
          </Badge>
        )
      )}
    </>
  );
}

function EnabledSwitch({ pipeline }: { pipeline: PipelineRow }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const setEnabled = useMutation(
    trpc.pipelines.setEnabled.mutationOptions({
      onError: sayFailure('Not changed'),
      onSettled: () => queryClient.invalidateQueries(trpc.pipelines.pathFilter()),
    }),
  );
  const shown = setEnabled.isPending ? setEnabled.variables.enabled : pipeline.enabled;
  return (
    <Switch
      label={`${pipeline.name} enabled`}
      checked={shown}
      onChange={(enabled) => setEnabled.mutate({ projectId, pipelineId: pipeline.id, enabled })}
    />
  );
}
