'use client';
import Link from 'next/link';
import { versionText } from '#app/_runs/part-text.ts';
import { runStatusOf } from '#app/_runs/run-status.ts';
import { useTo } from '#app/_shell/project.ts';
import { Money } from '#app/_ui/money.tsx';
import { toStatus } from '#app/_ui/status.ts';
import { StatusText } from '#app/_ui/status-icon.tsx';
import { Duration } from '#app/_ui/time.tsx';
import type { Today } from '#server/today/types.ts';
import { Block, Quiet, Row, Subject } from './block.tsx';
import { Pips } from './pips.tsx';

/** The runs that are under way, with how far each has come. */
export function Running({ runs }: { runs: Today['running'] }) {
  const to = useTo();
  const aside = (
    <Link href={to('runs')} className="font-medium text-accent-text hover:underline">
      All runs
    </Link>
  );
  return (
    <Block title="Running now" count={runs.length} aside={aside}>
      {runs.length === 0 && <Quiet>No run is under way.</Quiet>}
      <ul>
        {runs.map((run) => (
          <Row key={run.id} columns="grid-cols-[56px_minmax(0,1fr)_132px_136px_84px_72px]">
            <Link href={to('runs', run.id)} className="text-fg-2 hover:underline">
              R-{run.ref}
            </Link>
            <Link
              href={`${to('pipelines', run.pipelineId)}?run=R-${run.ref}`}
              title="Open in the editor, with this run"
              className="flex min-w-0 hover:underline"
            >
              <Subject name={run.pipelineName} about={versionText(run)} />
            </Link>
            <Pips done={run.progress.done} steps={run.progress.steps} status={toStatus(run.status)} />
            <StatusText {...runStatusOf(run)} className="text-12" />
            <Duration startedAt={run.startedAt ?? run.createdAt} endedAt={null} className="text-right text-fg-2" />
            <Money micros={run.spendMicros} className="text-right" />
          </Row>
        ))}
      </ul>
    </Block>
  );
}
