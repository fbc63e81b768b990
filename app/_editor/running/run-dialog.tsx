'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { Graph } from '#nodes/core/graph.ts';
import { sliceUntil } from '#nodes/core/partial/slice.ts';
import { useGraph, useSession } from '../session/context.ts';
import { titleIn } from './parts.ts';
import { lastTrigger } from './remembered.ts';
import { runForms } from './run-form.ts';
import { type Start, StartForm } from './start-form.tsx';

type RunDialogProps = {
  source: 'draft' | 'published';
  /** Only what leads to this node of the draft, and the node. */
  until?: string | undefined;
  published: number | null;
  onClose: () => void;
};

/** Starts a run: asks what its trigger asks for, saves the draft first, and shows the run on the canvas. */
export function RunDialog({ source, until, published, onClose }: RunDialogProps) {
  const { projectId, pipelineId } = useSession();
  const trpc = useTRPC();
  const draft = useGraph((graph) => graph);
  const version = useQuery(
    trpc.pipelines.version.queryOptions(
      { projectId, pipelineId, number: published ?? 0 },
      { enabled: source === 'published' && published !== null },
    ),
  );
  if (until !== undefined) return <RunUntil graph={draft} nodeId={until} onClose={onClose} />;
  const graph = source === 'draft' ? draft : version.data?.graph;
  if (!graph)
    return (
      <Dialog open onClose={onClose} title="Run the published version">
        {version.isError ? <QueryFailure error={version.error} /> : <Skeleton className="h-24" />}
      </Dialog>
    );
  const title = source === 'draft' ? 'Test run of the draft' : 'Run the published version';
  return <ChooseStart graph={graph} start={{ kind: 'whole', source }} title={title} onClose={onClose} />;
}

function RunUntil({ graph, nodeId, onClose }: { graph: Graph; nodeId: string; onClose: () => void }) {
  const slice = sliceUntil(graph, definitions, nodeId);
  const title = `Run until ${titleIn(graph, nodeId)}`;
  if (slice)
    return <ChooseStart graph={slice.graph} start={{ kind: 'until', nodeId }} title={title} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title={title}>
      <p>This node cannot be read yet. Mend what its problems say, then run it.</p>
    </Dialog>
  );
}

type ChooseProps = { graph: Graph; start: Start; title: string; onClose: () => void };

function ChooseStart({ graph, start, title, onClose }: ChooseProps) {
  const { pipelineId } = useSession();
  const forms = runForms(graph);
  const [chosen, setChosen] = useState<string | null>(() => lastTrigger(pipelineId));
  const form = forms.find(({ trigger }) => trigger === chosen) ?? forms[0];
  if (!form)
    return (
      <Dialog
        open
        onClose={onClose}
        title={start.kind === 'until' ? 'Nothing leads here' : 'Nothing starts this pipeline'}
      >
        <p>
          {start.kind === 'until'
            ? 'No trigger leads to this node. Connect it, then run until here.'
            : 'Add a trigger, for example Start by hand, and connect it to what follows.'}
        </p>
      </Dialog>
    );
  const choose = forms.length > 1 && (
    <Field label="Start at">
      {({ id }) => (
        <Select
          id={id}
          className="w-full"
          value={form.trigger}
          onChange={setChosen}
          options={forms.map((each) => ({ value: each.trigger, label: each.title }))}
        />
      )}
    </Field>
  );
  return (
    <StartForm
      key={form.trigger}
      form={form}
      graph={graph}
      start={start}
      title={title}
      onClose={onClose}
      choose={choose}
    />
  );
}
