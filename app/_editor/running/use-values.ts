'use client';
import { useEffect, useState } from 'react';
import { useTRPCClient } from '#app/_api/trpc.ts';
import { useSession } from '../session/context.ts';
import { rememberedValues } from './remembered.ts';
import { filesIn, firstValues, type RunForm, type RunValues, withoutFiles } from './run-form.ts';

type Notes = Record<string, string>;

/** The values of a form, first those of the last run. Files that are not stored any more are taken out, with a note. */
export function useValues({ trigger, fields }: Extract<RunForm, { kind: 'fields' }>): {
  values: RunValues;
  notes: Notes;
  set: (change: RunValues) => void;
} {
  const { projectId, pipelineId } = useSession();
  const client = useTRPCClient();
  const [state, setState] = useState<{ values: RunValues; notes: Notes }>(() => ({
    values: firstValues(fields, rememberedValues(pipelineId, trigger)),
    notes: {},
  }));
  const [remembered] = useState(() => filesIn(state.values));
  useEffect(() => {
    if (remembered.length === 0) return;
    client.files.missing.query({ projectId, ids: remembered }).then(
      (gone) => gone.length > 0 && setState(({ values }) => withoutFiles(values, gone)),
      // Starting the run says it where it matters.
      (error) => console.warn('Whether the files are still stored is not known.', error),
    );
  }, [client, projectId, remembered]);
  const set = (change: RunValues) =>
    setState(({ values, notes }) => ({
      values: { ...values, ...change },
      notes: Object.fromEntries(Object.entries(notes).filter(([name]) => !(name in change))),
    }));
  return { ...state, set };
}
