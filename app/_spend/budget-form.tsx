'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { parseDollars, typedDollars } from '#app/_ui/dollars.ts';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Segments } from '#app/_ui/segments.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { BudgetView } from '#server/money/types.ts';
import { budgetTitle, kindWords } from './budget-title.ts';

const kinds = (['day', 'month', 'run', 'pipeline', 'project'] as const).map((value) => ({
  value,
  label: kindWords[value],
}));
const all = 'all';
const strengths = [
  { value: 'hard', label: 'Hard: hold and ask' },
  { value: 'soft', label: 'Soft: tell' },
] as const;

/** Makes a budget, or changes the limit of one. What it is for stays. */
export function BudgetForm({ budget, onClose }: { budget: BudgetView | null; onClose: () => void }) {
  const form = useId();
  const [kind, setKind] = useState<BudgetView['kind']>(budget?.kind ?? 'day');
  const [pipeline, setPipeline] = useState(all);
  const [typed, setTyped] = useState(budget ? typedDollars(budget.limitMicros) : '');
  const [strength, setStrength] = useState<'hard' | 'soft'>(budget && !budget.hard ? 'soft' : 'hard');
  const [asked, setAsked] = useState(false);
  const pipelines = usePipelines();
  const { save, busy, failure } = useSave(budget, onClose);
  const limitMicros = parseDollars(typed);
  const problems = {
    limit: limitMicros === null ? 'Type an amount in dollars, such as 12.50.' : null,
    pipeline: !budget && kind === 'pipeline' && pipeline === all ? 'Choose the pipeline.' : null,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (limitMicros === null || problems.pipeline || busy) return;
    const pipelineId = kind === 'project' || pipeline === all ? null : pipeline;
    save({ kind, pipelineId, limitMicros, hard: strength === 'hard' });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={budget ? 'Change the budget' : 'New budget'}
      description={budget ? budgetTitle(budget) : 'What was spent before counts.'}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={busy}>
            {budget ? 'Save' : 'Make it'}
          </Button>
        </>
      }
    >
      <form id={form} className="grid gap-3" onSubmit={submit}>
        {!budget && (
          <Field label="For">
            {({ id }) => <Select id={id} value={kind} onChange={setKind} options={kinds} className="w-full" />}
          </Field>
        )}
        {!budget && kind !== 'project' && (
          <Field label="Pipeline" error={asked ? problems.pipeline : null}>
            {({ id }) => (
              <Select id={id} value={pipeline} onChange={setPipeline} options={pipelines} className="w-full" />
            )}
          </Field>
        )}
        <Field label="Limit, in dollars" error={asked ? problems.limit : null}>
          {(control) => (
            <Input
              {...control}
              value={typed}
              inputMode="decimal"
              autoComplete="off"
              placeholder="12.50"
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <Segments label="What happens when it is reached" value={strength} onChange={setStrength} options={strengths} />
        {failure && (
          <p role="alert" className="text-12 text-st-failed">
            {failure}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function usePipelines(): { value: string; label: string }[] {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const { data } = useQuery(trpc.pipelines.list.queryOptions({ projectId }));
  const rows = data ?? [];
  return [{ value: all, label: 'All pipelines' }, ...rows.map(({ id, name }) => ({ value: id, label: name }))];
}

type Budget = { kind: BudgetView['kind']; pipelineId: string | null; limitMicros: number; hard: boolean };

function useSave(budget: BudgetView | null, onSaved: () => void) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const options = {
    onSuccess: onSaved,
    onSettled: () => queryClient.invalidateQueries(trpc.money.pathFilter()),
  };
  const create = useMutation(trpc.money.createBudget.mutationOptions(options));
  const change = useMutation(trpc.money.changeBudget.mutationOptions(options));
  return {
    busy: create.isPending || change.isPending,
    failure: (create.error ?? change.error)?.message ?? null,
    save({ limitMicros, hard, ...what }: Budget) {
      if (budget) change.mutate({ projectId, budgetId: budget.id, limitMicros, hard });
      else create.mutate({ projectId, ...what, limitMicros, hard });
    },
  };
}
