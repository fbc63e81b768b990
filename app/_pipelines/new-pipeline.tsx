'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FormFailure } from '#app/_api/form-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';

/** Asks for a name, creates an empty pipeline and opens it in the editor. */
export function NewPipelineDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const to = useTo();
  const projectId = useProjectId();
  const [name, setName] = useState('');
  const create = useMutation(
    trpc.pipelines.create.mutationOptions({ onSuccess: ({ id }) => router.push(to('pipelines', id)) }),
  );
  return (
    <Dialog open={open} onClose={onClose} title="New pipeline" description="It starts with an empty canvas.">
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ projectId, name: name.trim() });
        }}
      >
        <Field label="Name" hint="For example Support triage.">
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
        <FormFailure error={create.error} />
        <Button
          type="submit"
          variant="primary"
          size="lg"
          busy={create.isPending || create.isSuccess}
          disabled={name.trim() === ''}
        >
          Create pipeline
        </Button>
      </form>
    </Dialog>
  );
}
