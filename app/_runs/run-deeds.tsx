'use client';
import { CirclePause, CircleX } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTo } from '#app/_shell/project.ts';
import { integer, plural } from '#app/_ui/format.ts';
import { NodeIcon } from '#app/_ui/node-icon.tsx';
import { ValueView } from '#app/_ui/value-view.tsx';
import type { RunDetail } from '#server/runs/types.ts';
import { type Deed, deedsOf } from './deeds.ts';

/** What a run did to the outside, what it waits for, and what came of it. */
export function RunDeeds({ run }: { run: RunDetail }) {
  const to = useTo();
  const deeds = deedsOf(run.graph, run.nodes);
  const asking = Object.values(run.nodes).reduce((sum, node) => sum + asksOf(node), 0);
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      aria-label="What this run did"
      className="min-w-0 overflow-y-auto border-l border-line px-4 py-3 max-wide:border-t max-wide:border-l-0"
    >
      {run.failure && (
        <Line icon={<CircleX size={14} className="text-st-failed" />} title={`Failed: ${run.failure.code}`}>
          {run.failure.message}
        </Line>
      )}
      {asking > 0 && (
        <Line
          icon={<CirclePause size={14} className="text-st-waiting" />}
          title={`${plural(asking, 'step')} waiting for you`}
        >
          <Link href={to('inbox')} className="font-medium text-accent-text hover:underline">
            Open the inbox
          </Link>
        </Line>
      )}
      <h2 className="mb-1 text-12 leading-5 font-semibold">What this run did</h2>
      {deeds.length === 0 && (
        <p className="text-12 text-fg-3">
          Nothing outside Solograph was changed{run.endedAt === null ? ' so far' : ''}.
        </p>
      )}
      <ul>
        {deeds.map((deed) => (
          <li key={deed.face.id}>
            <Line icon={<NodeIcon name={deed.face.icon} />} title={deed.face.title}>
              {deedText(deed, run.keptInOutbox[deed.face.id] ?? 0)}
            </Line>
          </li>
        ))}
      </ul>
      {run.output !== null && (
        <>
          <h2 className="mt-3 mb-1 text-12 leading-5 font-semibold">What came of it</h2>
          <div className="text-12">
            <ValueView value={run.output} />
          </div>
        </>
      )}
    </section>
  );
}

function asksOf(node: RunDetail['nodes'][string]): number {
  const kind = node.waitingFor?.kind;
  return kind === 'approval' || kind === 'decision' || kind === 'failure' || kind === 'budget' ? node.waiting : 0;
}

/** Mail that stayed in the Outbox was not sent, whatever the node calls its outcome. */
function deedText({ outcomes, open }: Deed, kept: number): string {
  const ended = outcomes.flatMap(([outcome, count]) => {
    const inOutbox = outcome === 'sent' ? Math.min(kept, count) : 0;
    return [
      ...(count > inOutbox ? [`${integer(count - inOutbox)} ${outcome === 'ok' ? 'done' : outcome}`] : []),
      ...(inOutbox > 0 ? [`${integer(inOutbox)} kept in the Outbox, not sent`] : []),
    ];
  });
  return [...ended, ...(open > 0 ? [`${integer(open)} under way`] : [])].join(', ');
}

function Line({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className="flex gap-2 py-1 text-12">
      <span className="mt-px flex-none text-fg-3">{icon}</span>
      <div className="min-w-0">
        <b className="block font-medium">{title}</b>
        <span className="break-words text-fg-2">{children}</span>
      </div>
    </div>
  );
}
