'use client';
import { Check, RotateCw, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Moment } from '#app/_ui/time.tsx';
import { ValueView } from '#app/_ui/value-view.tsx';
import type { Answer, DecisionRequest, TaskView } from '#server/inbox/types.ts';
import { isObject, plainFieldsOf } from './proposal/fields.ts';
import { ProposalCard } from './proposal/proposal-card.tsx';
import { TaskTitle } from './task-head.tsx';

/** A worker died between an action and its receipt: shows what was intended, so that the operator can look it up. */
export function DidItHappen({ task, request }: { task: TaskView; request: DecisionRequest }) {
  return (
    <div className="min-w-0 overflow-y-auto px-6 py-5 max-phone:px-4 max-phone:py-3">
      <TaskTitle task={task} />
      <p className="mt-4 max-w-150">
        It was started
        {task.effect && (
          <>
            {' '}
            at <Moment at={task.effect.intentAt} />
          </>
        )}
        , but no receipt came back: {request.failure.message} Look where it would have arrived, then say what you found.
      </p>
      {task.effect && (
        <section className="mt-4">
          <h3 className="mb-1.5 text-12 leading-5 font-semibold">What was intended: {task.effect.kind}</h3>
          {isObject(task.effect.intent) ? (
            <ProposalCard fields={plainFieldsOf(task.effect.intent)} value={task.effect.intent} />
          ) : (
            <ValueView value={task.effect.intent} />
          )}
        </section>
      )}
      <dl className="mt-4 grid gap-1 text-12">
        <Consequence name="It happened">The run goes on as if the receipt had come. Nothing is sent again.</Consequence>
        <Consequence name="Repeat it">It is done once more. If it did happen, it happens twice.</Consequence>
        <Consequence name="Stop">The step fails. Nothing is sent again.</Consequence>
      </dl>
      <p className="mt-4 text-11 text-fg-3">
        Key of the effect: <code className="font-mono break-all">{request.effectKey}</code>
      </p>
    </div>
  );
}

function Consequence({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[88px_minmax(0,1fr)]">
      <dt className="font-medium">{name}</dt>
      <dd className="text-fg-2">{children}</dd>
    </div>
  );
}

/** The three answers. */
export function AnswerButtons({ onAnswer, busy }: { onAnswer: (answer: Answer) => void; busy: boolean }) {
  return (
    <>
      <Button variant="primary" size="lg" busy={busy} icon={<Check size={16} />} onClick={() => onAnswer('happened')}>
        It happened
      </Button>
      <Button size="lg" disabled={busy} icon={<RotateCw size={14} />} onClick={() => onAnswer('repeat')}>
        Repeat it
      </Button>
      <Button variant="danger" size="lg" disabled={busy} icon={<Square size={14} />} onClick={() => onAnswer('stop')}>
        Stop
      </Button>
    </>
  );
}
