'use client';
import { useState } from 'react';
import { toFailure } from '#app/_api/failure.ts';
import { useTRPCClient } from '#app/_api/trpc.ts';
import { sayFailed } from '#app/_ui/toaster.tsx';
import { useSession } from '../session/context.ts';
import type { EditorSession } from '../session/session.ts';
import { showStarted } from './parts.ts';
import { lastTrigger, rememberedValues } from './remembered.ts';
import { firstValues, inputOf, jsonProblem, problemsOf, runForms } from './run-form.ts';
import { starterOf } from './starter.ts';
import { notSavedText } from './use-start.ts';

/** Starts a test run with what the last one was given, at once; asks where that is not known or does not fit any more. */
export function useRunAgain(): { run: () => void; busy: boolean } {
  const session = useSession();
  const client = useTRPCClient();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    const given = lastInput(session);
    if (!given) return session.ui.setState({ dialog: { kind: 'run', source: 'draft' } });
    setBusy(true);
    try {
      if (!(await session.autosave.flush())) return sayFailed('Not run', notSavedText);
      const { projectId, pipelineId } = session;
      const ids = { projectId, pipelineId, requestKey: crypto.randomUUID() };
      const start = starterOf({ kind: 'whole', source: 'draft' }, given.trigger, given.input);
      showStarted(session, (await start(client, ids)).runId);
    } catch (error) {
      const { message, todo } = toFailure(error);
      sayFailed('Not run', `${message} ${todo}`);
    } finally {
      setBusy(false);
    }
  };
  return { run: () => void run(), busy };
}

function lastInput({ pipelineId, document }: EditorSession) {
  const trigger = lastTrigger(pipelineId);
  const form = runForms(document.store.getState().graph).find((each) => each.trigger === trigger);
  if (!form) return null;
  const remembered = rememberedValues(pipelineId, form.trigger);
  if (form.kind === 'fields') {
    const values = firstValues(form.fields, remembered);
    const fits = Object.keys(problemsOf(form.fields, values)).length === 0;
    return fits ? { trigger: form.trigger, input: inputOf(form.fields, values) } : null;
  }
  const { json } = remembered;
  if (json === undefined || jsonProblem(form.type, json) !== null) return null;
  return {
    trigger: form.trigger,
    input: form.rest === null ? json : { ...form.rest, receivedAt: Date.now(), body: json },
  };
}
