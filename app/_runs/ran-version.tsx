'use client';
import Link from 'next/link';
import { useTo } from '#app/_shell/project.ts';
import { cn } from '#app/_ui/cn.ts';
import { moment } from '#app/_ui/format.ts';
import type { RunRow } from '#server/runs/types.ts';
import { partText } from './part-text.ts';

/** Which version a run went by: a link that opens it, to look at. Of a test run, the draft as it was then. */
export function RanVersion({ run, className }: { run: RunRow; className?: string }) {
  const to = useTo();
  const at = run.version === null ? `run-${run.id}` : `v${run.version}`;
  return (
    <Link
      href={`${to('pipelines', run.pipelineId, 'history')}?at=${at}`}
      title={run.version === null ? 'The graph that it went by' : `Open version ${run.version}`}
      className={cn(
        'relative z-10 whitespace-nowrap underline decoration-current/40 underline-offset-2 hover:decoration-current',
        className,
      )}
    >
      {run.version === null ? `draft of ${moment(run.createdAt)}` : `v${run.version}`}
      {run.part && `, ${partText(run.part)}`}
    </Link>
  );
}
