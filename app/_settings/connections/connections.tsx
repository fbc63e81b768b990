'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { toFailure } from '#app/_api/failure.ts';
import { FormFailure } from '#app/_api/form-failure.tsx';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Badge, RehearsalBadge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/dialog.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { ConnectionRow } from '#server/connections/types.ts';
import { Group } from '../group.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { providerLabel } from './presets.ts';
import { ProbeResult } from './probe-result.tsx';
import { usedBy } from './used-by.ts';

/** The project's ways to models: listed, tested, added, changed and removed. */
export function Connections() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const connections = useQuery(trpc.connections.list.queryOptions({ projectId }));
  const [editing, setEditing] = useState<ConnectionRow | 'new' | null>(null);
  const [removing, setRemoving] = useState<ConnectionRow | null>(null);
  return (
    <Group
      title="Connections"
      lead="Ways to models. Keys are stored sealed and never shown again."
      action={
        <Button icon={<Plus size={14} />} onClick={() => setEditing('new')}>
          Add a connection
        </Button>
      }
    >
      {connections.isError && !connections.data && (
        <QueryFailure error={connections.error} onRetry={() => connections.refetch()} />
      )}
      {connections.isPending && <SkeletonRows rows={2} rowClass="h-12" />}
      <ul aria-label="Connections" className="-mt-4">
        {connections.data?.map((row) => (
          <Connection
            key={row.id ?? row.name}
            row={row}
            onChange={() => setEditing(row)}
            onRemove={() => setRemoving(row)}
          />
        ))}
      </ul>
      {editing && <ConnectionForm stored={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {removing && <Remove row={removing} onClose={() => setRemoving(null)} />}
    </Group>
  );
}

type RowProps = { row: ConnectionRow; onChange: () => void; onRemove: () => void };

function Connection({ row, onChange, onRemove }: RowProps) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const test = useMutation(trpc.connections.test.mutationOptions());
  const { id, name, kind, baseUrl, isDefault } = row;
  return (
    <li data-connection={name} className="grid gap-2 border-b border-line py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex items-center gap-2">
            <b className="truncate font-medium">{name}</b>
            {isDefault && <Badge tone="accent">default</Badge>}
            {kind === 'rehearsal' && <RehearsalBadge />}
          </p>
          <p className="text-12 wrap-anywhere text-fg-2">
            {[providerLabel(row), baseUrl, row.model && `model ${row.model}`, keyWords(row)]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <p className="text-12 text-fg-3">
            {id === null ? 'Set by OPENAI_* when Solograph starts.' : usedBy(row.usedBy)}
          </p>
        </div>
        <span className="flex gap-1">
          <Button
            size="sm"
            busy={test.isPending}
            onClick={() => test.mutate({ projectId, id })}
            aria-label={`Test ${name}`}
          >
            Test
          </Button>
          {id !== null && (
            <>
              <Button size="sm" onClick={onChange} aria-label={`Change ${name}`}>
                Change
              </Button>
              <Button size="sm" variant="danger" onClick={onRemove} aria-label={`Remove ${name}`}>
                Remove
              </Button>
            </>
          )}
        </span>
      </div>
      <ProbeResult tried={test.data} failure={test.error ? toFailure(test.error).message : null} />
    </li>
  );
}

const keyWords = ({ kind, key }: ConnectionRow): string =>
  kind === 'rehearsal' ? '' : key === null ? 'no key' : `key ${key}`;

function Remove({ row, onClose }: { row: ConnectionRow; onClose: () => void }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.connections.remove.mutationOptions({
      onSuccess: () => {
        sayDone('Connection removed', row.name);
        onClose();
      },
      onSettled: async () => {
        await queryClient.invalidateQueries(trpc.connections.pathFilter());
        await queryClient.invalidateQueries(trpc.taskClasses.pathFilter());
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => row.id && remove.mutate({ projectId, id: row.id })}
      busy={remove.isPending}
      title={`Remove the connection ${row.name}?`}
      action="Remove"
    >
      <p className="mb-2">
        {row.isDefault
          ? 'Its key is gone for good. What names no connection is then asked of the environment’s.'
          : 'Its key is gone for good.'}
      </p>
      <FormFailure error={remove.error} />
    </ConfirmDialog>
  );
}
