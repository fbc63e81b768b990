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

const fields = [
  { name: 'subject', label: 'Of whom or what', placeholder: 'Chai' },
  { name: 'relation', label: 'What is said of it', placeholder: 'price' },
  { name: 'object', label: 'What is so', placeholder: '18 a box' },
  { name: 'source', label: 'Where it is from', placeholder: 'price list of May' },
] as const;
type Values = Record<(typeof fields)[number]['name'], string>;

/** States a fact from now on; it supersedes what was known of the same. */
export function NewFact({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const [values, setValues] = useState<Values>({ subject: '', relation: '', object: '', source: '' });
  const add = useMutation(
    trpc.memory.addFact.mutationOptions({
      onSuccess: onClose,
      onSettled: () => queryClient.invalidateQueries(trpc.memory.pathFilter()),
    }),
  );
  const complete = [values.subject, values.relation, values.object].every((text) => text.trim() !== '');
  return (
    <Dialog
      open
      onClose={onClose}
      title="State a fact"
      description="It holds from now on. What was known of the same is superseded, and stays in the history."
      footer={
        <Button
          variant="primary"
          disabled={!complete}
          busy={add.isPending}
          onClick={() => add.mutate({ projectId, ...values })}
        >
          State it
        </Button>
      }
    >
      <div className="grid gap-3">
        {fields.map(({ name, label, placeholder }) => (
          <Field key={name} label={label}>
            {(control) => (
              <Input
                {...control}
                placeholder={placeholder}
                value={values[name]}
                onChange={({ target }) => setValues({ ...values, [name]: target.value })}
              />
            )}
          </Field>
        ))}
        <FormFailure error={add.error} />
      </div>
    </Dialog>
  );
}
