'use client';
import { useQuery } from '@tanstack/react-query';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Segments } from '#app/_ui/segments.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import { StatusIcon } from '#app/_ui/status-icon.tsx';
import type { RunDetail } from '#server/runs/types.ts';
import type { ForkVersion, RunCompatibility } from '#server/travel/types.ts';
import { faceOf } from '../node-face.ts';

/** Whether a run can go on on the newest version, asked only when that is wanted. `seq`: from which checkpoint. */
export function useCompatibility(run: RunDetail, version: ForkVersion, seq?: number) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  return useQuery(
    trpc.runs.compatibility.queryOptions(
      { projectId, runId: run.id, ...(seq === undefined ? {} : { seq }) },
      { enabled: version === 'newest', staleTime: 0 },
    ),
  );
}

type Props = {
  run: RunDetail;
  version: ForkVersion;
  onChange: (version: ForkVersion) => void;
  compatibility: ReturnType<typeof useCompatibility>;
};

/** On which version it goes on, and whether the newest takes up what the run has behind it. */
export function VersionChoice({ run, version, onChange, compatibility }: Props) {
  const own = run.version === null ? 'The draft as it was' : `Its own version, v${run.version}`;
  return (
    <div className="grid gap-2">
      <span className="text-12 font-medium">Goes on with</span>
      <Segments
        label="Goes on with"
        value={version}
        onChange={onChange}
        options={[
          { value: 'same', label: own },
          { value: 'newest', label: 'The newest version' },
        ]}
      />
      {version === 'newest' && (
        <>
          {compatibility.isPending && <Skeleton className="w-3/5" />}
          {compatibility.isError && (
            <QueryFailure error={compatibility.error} onRetry={() => compatibility.refetch()} className="mx-0 my-0" />
          )}
          {compatibility.data && <Answer run={run} answer={compatibility.data} />}
        </>
      )}
    </div>
  );
}

function Answer({ run, answer }: { run: RunDetail; answer: RunCompatibility }) {
  const name = answer.version === null ? 'The draft' : `v${answer.version}`;
  if (answer.ok)
    return (
      <p role="status" className="flex gap-2 text-12">
        <StatusIcon status="done" className="mt-px" />
        {name} takes up everything that this run has behind it.
      </p>
    );
  return (
    <div role="status" className="rounded-control bg-st-failed-soft px-3 py-2 text-12">
      <p className="flex gap-2 font-medium text-st-failed">
        <StatusIcon status="failed" className="mt-px" />
        {name} cannot go on from here.
      </p>
      <ul className="mt-1 pl-[22px]">
        {answer.problems.map(({ state, message }) => (
          <li key={`${state} ${message}`}>
            <b className="font-medium">{faceOf(run.graph, state).title}</b>: {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
