'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormFailure } from '#app/_api/form-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';

const everyHours = [
  { value: '1', label: 'Every hour' },
  { value: '24', label: 'Every day' },
  { value: '168', label: 'Every week' },
  { value: '720', label: 'Every 30 days' },
];

/** Adds an address as a document that may change. */
export function AddSource({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const [url, setUrl] = useState('');
  const [hours, setHours] = useState('24');
  const add = useMutation(
    trpc.memory.addSource.mutationOptions({
      onSuccess: onClose,
      onSettled: () => queryClient.invalidateQueries(trpc.memory.pathFilter()),
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add a source"
      description="It is read now and looked at again; only the passages that changed are read anew."
      footer={
        <Button
          variant="primary"
          disabled={url.trim() === ''}
          busy={add.isPending}
          onClick={() => add.mutate({ projectId, url: url.trim(), refreshHours: Number(hours) })}
        >
          Add it
        </Button>
      }
    >
      <div className="grid gap-3">
        <Field
          label="Address"
          hint="Begins with https://. An address that is not public has to be named in the settings first."
        >
          {(control) => (
            <Input {...control} type="url" value={url} onChange={({ target }) => setUrl(target.value)} autoFocus />
          )}
        </Field>
        <Field label="Looked at again">
          {({ id }) => <Select id={id} value={hours} onChange={setHours} options={everyHours} className="w-44" />}
        </Field>
        <FormFailure error={add.error} />
      </div>
    </Dialog>
  );
}
