'use client';
import type { ReactNode } from 'react';
import { absolute, integer } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import { Duration } from '#app/_ui/time.tsx';
import type { RunDetail } from '#server/runs/types.ts';
import { stepCount } from './deeds.ts';
import { faceOf } from './node-face.ts';
import { RanVersion } from './ran-version.tsx';

/** The facts of a run in one line. */
export function RunFacts({ run }: { run: RunDetail }) {
  const statuses = Object.values(run.nodes);
  const steps = statuses.reduce((sum, node) => sum + stepCount(node), 0);
  const ended = statuses.reduce((sum, node) => sum + node.done + node.failed + node.cancelled + node.undone, 0);
  return (
    <dl className="flex min-h-13 flex-none flex-wrap justify-between gap-x-6 gap-y-1 border-b border-line px-4 py-2 max-phone:grid max-phone:grid-cols-2">
      <Fact name="Pipeline">
        {run.pipelineName} <RanVersion run={run} className="text-accent-text" />
      </Fact>
      <Fact name="Started by">
        {faceOf(run.graph, run.trigger).title}
        {run.mode === 'test' && ', test'}
      </Fact>
      <Fact name="Started">
        <time dateTime={new Date(run.startedAt ?? run.createdAt).toISOString()}>
          {absolute(run.startedAt ?? run.createdAt)}
        </time>
      </Fact>
      <Fact name="Took">
        <Duration startedAt={run.startedAt} endedAt={run.endedAt} />
      </Fact>
      <Fact name="Steps">
        {integer(ended)} of {integer(steps)}
      </Fact>
      <Fact name="Settled">
        <Money micros={run.spendMicros} />
      </Fact>
      <Fact name="Program">
        <code className="font-mono text-11" title={run.programHash}>
          {run.programHash.replace(/^sha256[:-]/, '').slice(0, 10)}
        </code>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-11 text-fg-3">{name}</dt>
      <dd className="truncate text-12 leading-5 font-medium">{children}</dd>
    </div>
  );
}
