'use client';
import { clock, duration, plural } from '#app/_ui/format.ts';
import { toStatus } from '#app/_ui/status.ts';
import { StatusText } from '#app/_ui/status-icon.tsx';
import { Moment } from '#app/_ui/time.tsx';
import { ValueView } from '#app/_ui/value-view.tsx';
import type { AttemptRow, StepDetail, StepEffect } from '#server/runs/types.ts';
import { Nothing, Section } from './section.tsx';

/** Attempts, effects with their receipts, and what the node wrote to its log. */
export function StepHistory({ step }: { step: StepDetail }) {
  return (
    <div className="grid gap-4 text-12">
      <Section title="Attempts" aside={plural(step.attempts.length, 'attempt')}>
        {step.attempts.length === 0 && <Nothing>It has not started yet.</Nothing>}
        {step.attempts.map((attempt) => (
          <Attempt key={attempt.attempt} attempt={attempt} />
        ))}
      </Section>
      {step.effects.length > 0 && (
        <Section title="Effects" aside={plural(step.effects.length, 'effect')}>
          {step.effects.map((effect) => (
            <EffectRow key={effect.key} effect={effect} />
          ))}
        </Section>
      )}
      {Array.isArray(step.logs) && step.logs.length > 0 && (
        <Section title="Log" aside={plural(step.logs.length, 'line')}>
          <ValueView value={step.logs} />
        </Section>
      )}
    </div>
  );
}

function Attempt({ attempt }: { attempt: AttemptRow }) {
  const lost = attempt.result === 'lost';
  return (
    <div className="py-0.5">
      <p className="flex items-center gap-2">
        <span className="w-3 text-fg-3">{attempt.attempt}</span>
        <StatusText
          status={lost ? 'failed' : toStatus(attempt.result ?? 'running')}
          detail={lost ? 'worker lost, taken up again' : attempt.failure?.code}
        />
        <span className="flex-1" />
        <span className="text-fg-3">{clock(attempt.startedAt)}</span>
        <span className="w-16 text-right">
          {attempt.endedAt === null ? '' : duration(attempt.endedAt - attempt.startedAt)}
        </span>
      </p>
      {attempt.failure && <p className="pl-5 text-11 text-fg-2">{attempt.failure.message}</p>}
    </div>
  );
}

const effectWords: Record<string, string> = {
  intended: 'intended, no receipt yet',
  done: 'done',
  failed: 'did not happen',
  unknown: 'not known whether it happened',
  abandoned: 'given up by the operator',
};

function EffectRow({ effect }: { effect: StepEffect }) {
  return (
    <div className="py-0.5">
      <p className="flex items-center gap-2">
        <b className="font-medium">{effect.kind}</b>
        <span className={effect.status === 'unknown' ? 'text-st-waiting' : 'text-fg-2'}>
          {effectWords[effect.status] ?? effect.status}
        </span>
        <span className="flex-1" />
        <Moment at={effect.receiptAt ?? effect.intentAt} className="text-fg-3" />
      </p>
      <code className="font-mono text-11 break-all text-fg-3">{effect.key}</code>
      {effect.receipt !== null && <ValueView value={effect.receipt} />}
    </div>
  );
}
