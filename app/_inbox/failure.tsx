'use client';
import type { ReactNode } from 'react';
import { plural } from '#app/_ui/format.ts';
import { StatusIcon } from '#app/_ui/status-icon.tsx';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { FailedStep, FailureRequest, TaskView } from '#server/inbox/types.ts';
import { EditForm } from './proposal/edit-form.tsx';
import { plainFieldsOf, typedFieldsOf } from './proposal/fields.ts';
import { ProposalCard } from './proposal/proposal-card.tsx';
import { SkipForm } from './skip-form.tsx';
import { TaskTitle } from './task-head.tsx';

/** What the operator is about to do with a failure; null: nothing chosen yet. */
export type FailurePlan = { kind: 'edit'; input: JsonObject } | { kind: 'skip'; value: Json } | null;

type Props = { task: TaskView; request: FailureRequest; plan: FailurePlan; onPlan: (plan: FailurePlan) => void };

/** A step failed for good: what it was, with what, how it failed, and what follows each choice. */
export function Failure({ task, request, plan, onPlan }: Props) {
  const { failure } = request;
  return (
    <div className="min-w-0 overflow-y-auto px-6 py-5 max-phone:px-4 max-phone:py-3">
      <TaskTitle task={task} />
      <section className="mt-4 rounded-card border border-st-failed-line bg-st-failed-soft px-4 py-3">
        <h3 className="flex items-center gap-2 font-semibold text-st-failed">
          <StatusIcon status="failed" size={16} />
          {failure.code}
          {task.failed && <span className="font-normal">after {plural(task.failed.attempts, 'attempt')}</span>}
        </h3>
        <p className="mt-1 break-words">{failure.message}</p>
      </section>
      {task.failed && <Input failed={task.failed} plan={plan} onPlan={onPlan} />}
      {task.failed && plan?.kind === 'skip' && (
        <SkipForm
          skip={task.failed.skip}
          value={plan.value}
          onChange={(value) => onPlan({ kind: 'skip', value })}
          onDone={focusDecision}
          onDiscard={() => onPlan(null)}
        />
      )}
      {task.status === 'open' && <Consequences />}
    </div>
  );
}

/** The form is done with: Enter decides. */
function focusDecision(): void {
  document.querySelector<HTMLElement>('[data-decides="primary"]')?.focus();
}

type InputProps = { failed: FailedStep } & Pick<Props, 'plan' | 'onPlan'>;

function Input({ failed, plan, onPlan }: InputProps) {
  const empty = Object.keys(failed.input).length === 0;
  if (plan?.kind === 'edit')
    return (
      <section className="mt-4">
        <h3 className="mb-1.5 text-12 leading-5 font-semibold">What it is tried again with</h3>
        <EditForm
          fields={typedFieldsOf(failed.inputTypes, plan.input)}
          value={plan.input}
          label="Edit the input"
          doneText="Keep"
          onChange={(input) => onPlan({ kind: 'edit', input })}
          onDone={focusDecision}
          onDiscard={() => onPlan(null)}
        />
      </section>
    );
  return (
    <section className="mt-4">
      <h3 className="mb-1.5 text-12 leading-5 font-semibold">What it was tried with</h3>
      {empty ? (
        <p className="text-12 text-fg-3">It takes no input.</p>
      ) : (
        <ProposalCard fields={plainFieldsOf(failed.input)} value={failed.input} />
      )}
    </section>
  );
}

function Consequences() {
  return (
    <dl className="mt-5 grid gap-1 text-12">
      <Consequence name="Retry">It is tried once more as it is. What the run did before is not repeated.</Consequence>
      <Consequence name="Edit and retry">It is tried once more with the input as you leave it.</Consequence>
      <Consequence name="Skip">The run goes on as if it had given the value that you write.</Consequence>
      <Consequence name="Stop">It stays failed, and the run fails with it. What was done stays done.</Consequence>
      <Consequence name="Undo the run">You see first what can be taken back and what cannot.</Consequence>
    </dl>
  );
}

function Consequence({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[104px_minmax(0,1fr)]">
      <dt className="font-medium">{name}</dt>
      <dd className="text-fg-2">{children}</dd>
    </div>
  );
}
