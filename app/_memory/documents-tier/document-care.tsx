'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Eye, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/dialog.tsx';
import type { DocumentRow } from '#server/documents/list-documents.ts';
import { ItemDialog } from '../item-dialog.tsx';

/** Opens a document's passages and uses, and forgets it for good. */
export function DocumentCare({ row }: { row: DocumentRow }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<'item' | 'remove' | null>(null);
  const remove = useMutation(
    trpc.memory.removeDocument.mutationOptions({
      onSuccess: () => setOpen(null),
      onError: sayFailure('Not forgotten'),
      onSettled: () => queryClient.invalidateQueries(trpc.memory.pathFilter()),
    }),
  );
  return (
    <span className="flex flex-none">
      <IconButton size="sm" label={`Open ${row.name}`} disabled={!row.itemId} onClick={() => setOpen('item')}>
        <Eye size={14} />
      </IconButton>
      <IconButton size="sm" label={`Forget ${row.name}`} onClick={() => setOpen('remove')}>
        <Trash2 size={14} />
      </IconButton>
      {open === 'item' && row.itemId && <ItemDialog id={row.itemId} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        open={open === 'remove'}
        onClose={() => setOpen(null)}
        onConfirm={() => remove.mutate({ projectId, id: row.id })}
        title={`Forget ${row.name}?`}
        action="Forget it"
        busy={remove.isPending}
      >
        Its passages and {row.url ? 'what was read of the address' : 'its file'} go for good.
        {row.url && ' The address is looked at no more.'}
      </ConfirmDialog>
    </span>
  );
}
