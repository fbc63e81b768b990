'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { IconButton } from '#app/_ui/button.tsx';
import { bytes, plural } from '#app/_ui/format.ts';
import { Moment } from '#app/_ui/time.tsx';
import { ValueView } from '#app/_ui/value-view.tsx';
import type { WorkingRow } from '#server/working/list-values.ts';

/** What a run has at hand, and what it put into sessions that runs share, until it is gone by its time. */
export function RunValues({ runId, active }: { runId: string; active: boolean }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const { data } = useQuery(
    trpc.memory.values.queryOptions(
      { projectId, owner: { kind: 'run', runId } },
      { refetchInterval: active ? 3_000 : false },
    ),
  );
  if (!data || data.length === 0) return null;
  return (
    <details className="flex-none border-b border-line">
      <summary className="cursor-default px-4 py-1.5 text-12 select-none hover:bg-hover">
        <b className="font-medium">At hand</b>{' '}
        <span className="text-fg-2">
          {plural(data.length, 'value')}: {data.map(({ name }) => name).join(', ')}
        </span>
      </summary>
      <ul aria-label="Values at hand" className="grid max-h-72 overflow-y-auto px-4 pb-2">
        {data.map((row) => (
          <Value key={`${row.owner} ${row.name}`} row={row} />
        ))}
      </ul>
    </details>
  );
}

function Value({ row }: { row: WorkingRow }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const session = row.owner.startsWith('session:') ? row.owner.slice('session:'.length) : null;
  const clear = useMutation(
    trpc.memory.clearValues.mutationOptions({
      onError: sayFailure('Not cleared'),
      onSettled: () => queryClient.invalidateQueries(trpc.memory.values.pathFilter()),
    }),
  );
  const owner = session === null ? { kind: 'run' as const, runId: row.owner.slice('run:'.length) } : null;
  return (
    <li className="flex items-start gap-3 border-t border-line py-1.5 text-12">
      <div className="w-44 flex-none max-phone:w-28">
        <p className="font-medium break-words">{row.name}</p>
        <p className="flex flex-wrap items-center gap-x-1.5 text-11 text-fg-3">
          {row.type} · {bytes(row.bytes)}
          {session !== null && <Badge tone="outline">session {session}</Badge>}
        </p>
        <p className="text-11 text-fg-3">
          until <Moment at={row.expiresAt} />
        </p>
      </div>
      <div className="min-w-0 flex-1">
        <ValueView value={row.value} />
      </div>
      <IconButton
        label={`Clear ${row.name}`}
        size="sm"
        busy={clear.isPending}
        onClick={() =>
          clear.mutate({ projectId, name: row.name, owner: owner ?? { kind: 'session', name: session ?? '' } })
        }
      >
        <X size={14} />
      </IconButton>
    </li>
  );
}
