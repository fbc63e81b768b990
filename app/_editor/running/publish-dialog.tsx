'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toFailure } from '#app/_api/failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { plural } from '#app/_ui/format.ts';
import { Textarea } from '#app/_ui/input.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import { useProblems, useSession } from '../session/context.ts';

type Props = { next: number; onClose: () => void; onPublished: () => void };

/** Makes the draft the next version, which runs from then on. Refused while the compiler finds errors. */
export function PublishDialog({ next, onClose, onPublished }: Props) {
  const session = useSession();
  const diagnostics = useProblems((problems) => problems.diagnostics);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
  const [note, setNote] = useState('');
  const { publish, busy, failure } = usePublish(() => {
    onPublished();
    onClose();
  });
  const showProblems = () => {
    session.ui.setState({ dock: 'problems', dockOpen: true, sheet: 'dock' });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Publish version ${next}`}
      description="New runs take it from now on; runs that go on finish on theirs."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={errors > 0} onClick={() => void publish(note)}>
            Publish v{next}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-1 gap-3">
        {errors + warnings > 0 && (
          <p className={errors > 0 ? 'text-st-failed' : 'text-st-waiting'}>
            {[errors > 0 ? plural(errors, 'error') : null, warnings > 0 ? plural(warnings, 'warning') : null]
              .filter((part) => part !== null)
              .join(' and ')}
            {errors > 0 ? ': a version must be free of errors. ' : '. '}
            <Button variant="link" onClick={showProblems}>
              Show
            </Button>
          </p>
        )}
        <Field label="What changed" hint="For the history. May be left empty.">
          {(control) => (
            <Textarea
              {...control}
              autoFocus
              maxLength={2_000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        {failure && (
          <p role="alert" className="text-12 text-st-failed">
            {failure}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function usePublish(onPublished: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const session = useSession();
  const [failure, setFailure] = useState<string | null>(null);
  const mutation = useMutation(trpc.pipelines.publish.mutationOptions());
  const publish = async (note: string) => {
    setFailure(null);
    try {
      if (!(await session.autosave.flush())) {
        setFailure('The draft is not saved yet. See the state beside the name.');
        return;
      }
      const { projectId, pipelineId, autosave } = session;
      const { number } = await mutation.mutateAsync({ projectId, pipelineId, note, revision: autosave.revision() });
      sayDone(`Version ${number} is published`);
      await queryClient.invalidateQueries(trpc.pipelines.pathFilter());
      onPublished();
    } catch (error) {
      const { message, todo } = toFailure(error);
      setFailure(`${message} ${todo}`);
    }
  };
  return { publish, busy: mutation.isPending, failure };
}
