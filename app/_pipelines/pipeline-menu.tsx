'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Activity, Download, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FormFailure } from '#app/_api/form-failure.tsx';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog, Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { PipelineRow } from '#server/pipelines/types.ts';
import { useExport } from './use-export.ts';

/** What can be done with a pipeline beside opening it. */
export function PipelineMenu({ pipeline }: { pipeline: PipelineRow }) {
  const router = useRouter();
  const to = useTo();
  const exporting = useExport();
  const [shown, setShown] = useState<'rename' | 'remove' | null>(null);
  const close = () => setShown(null);
  return (
    <>
      <Menu
        trigger={
          <Button
            variant="ghost"
            size="sm"
            shape="icon"
            busy={exporting.isPending}
            aria-label={`More for ${pipeline.name}`}
          >
            {!exporting.isPending && <Ellipsis size={14} />}
          </Button>
        }
      >
        <MenuItem icon={<Activity size={14} />} onSelect={() => router.push(`${to('runs')}?pipeline=${pipeline.id}`)}>
          Runs
        </MenuItem>
        <MenuItem icon={<Download size={14} />} onSelect={() => exporting.mutate({ pipelineId: pipeline.id })}>
          Export to a file
        </MenuItem>
        <MenuItem icon={<Pencil size={14} />} onSelect={() => setShown('rename')}>
          Rename
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 size={14} />} onSelect={() => setShown('remove')}>
          Remove
        </MenuItem>
      </Menu>
      {shown === 'rename' && <RenameDialog pipeline={pipeline} onClose={close} />}
      {shown === 'remove' && <RemoveDialog pipeline={pipeline} onClose={close} />}
    </>
  );
}

function RenameDialog({ pipeline, onClose }: { pipeline: PipelineRow; onClose: () => void }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const [name, setName] = useState(pipeline.name);
  const rename = useMutation(
    trpc.pipelines.rename.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.pipelines.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <Dialog open onClose={onClose} title={`Rename ${pipeline.name}`}>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ projectId, pipelineId: pipeline.id, name: name.trim() });
        }}
      >
        <Field label="Name">
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <FormFailure error={rename.error} />
        <Button type="submit" variant="primary" busy={rename.isPending} disabled={name.trim() === ''}>
          Rename
        </Button>
      </form>
    </Dialog>
  );
}

function RemoveDialog({ pipeline, onClose }: { pipeline: PipelineRow; onClose: () => void }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.pipelines.remove.mutationOptions({
      onSuccess: async () => {
        sayDone('Removed', pipeline.name);
        await queryClient.invalidateQueries(trpc.pipelines.pathFilter());
      },
      onError: sayFailure('Not removed'),
      onSettled: onClose,
    }),
  );
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => remove.mutate({ projectId, pipelineId: pipeline.id })}
      busy={remove.isPending}
      title={`Remove ${pipeline.name}?`}
      action="Remove the pipeline"
    >
      Its draft, its versions and its runs go with it. This cannot be undone; export it first if you may want it again.
    </ConfirmDialog>
  );
}
