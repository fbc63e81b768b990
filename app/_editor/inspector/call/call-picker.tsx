'use client';
import { RefreshCw } from 'lucide-react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import type { Json } from '#nodes/core/json.ts';
import { describeType, fromJsonSchema } from '#nodes/core/types.ts';
import type { CallablePipeline } from '#server/pipelines/signatures.ts';
import { useSession } from '../../session/context.ts';
import { Findings, useFindings } from '../findings.tsx';
import { useNode } from '../node-context.ts';
import { nameForCall, useCallablePipelines } from './use-callable.ts';

/** The members of a call's configuration that choosing a version fills in. */
export const pickedFields: readonly string[] = ['pipeline', 'version', 'signature'];

const none = '-';

/** Chooses which version of which pipeline is run; its inputs and outputs come with it. */
export function CallPicker() {
  const pipelines = useCallablePipelines();
  if (pipelines.isError && !pipelines.data)
    return <QueryFailure error={pipelines.error} onRetry={() => pipelines.refetch()} className="mx-0 my-0" />;
  if (!pipelines.data) return <Skeleton className="h-16" />;
  return <Picker pipelines={pipelines.data} />;
}

function Picker({ pipelines }: { pipelines: CallablePipeline[] }) {
  const { pipelineId } = useSession();
  const { node } = useNode();
  const pick = usePick(pipelines);
  const findings = [
    ...useFindings('config.pipeline'),
    ...useFindings('config.version'),
    ...useFindings('config.signature'),
  ];
  const named = node.config.pipeline;
  const chosen = pipelines.find(({ id, name }) => id === named || name === named);
  const version = chosen?.versions.find(({ number }) => number === node.config.version);
  const others = pipelines.filter(({ id }) => id !== pipelineId || id === chosen?.id);
  return (
    <div className="grid grid-cols-1 gap-2.5" data-field="config.pipeline">
      <div className="grid grid-cols-[minmax(0,1fr)_84px] gap-2">
        <Field label="Pipeline">
          {({ id }) => (
            <Select
              id={id}
              label="Pipeline"
              className="w-full min-w-0"
              value={chosen?.id ?? none}
              options={[
                ...(chosen ? [] : [{ value: none, label: others.length === 0 ? 'None is published' : 'Choose …' }]),
                ...others.map(({ id: value, name }) => ({ value, label: name })),
              ]}
              onChange={(next) => next !== none && pick(next, null)}
            />
          )}
        </Field>
        <Field label="Version">
          {({ id }) => (
            <Select
              id={id}
              label="Version"
              className="w-full"
              value={version ? String(version.number) : none}
              options={[
                ...(version ? [] : [{ value: none, label: '–' }]),
                ...(chosen?.versions ?? [])
                  .toReversed()
                  .map(({ number }) => ({ value: String(number), label: `v${number}` })),
              ]}
              onChange={(next) => chosen && next !== none && pick(chosen.id, Number(next))}
            />
          )}
        </Field>
      </div>
      {version && <TakesAndGives version={version} />}
      <Findings findings={findings} />
      {chosen && version && findings.some(({ code }) => code === 'SUBFLOW_CHANGED') && (
        <Button
          size="sm"
          className="justify-self-start"
          icon={<RefreshCw size={13} />}
          onClick={() => pick(chosen.id, version.number)}
        >
          Read its inputs and outputs again
        </Button>
      )}
    </div>
  );
}

function TakesAndGives({ version: { signature } }: { version: CallablePipeline['versions'][number] }) {
  return (
    <dl className="grid grid-cols-[48px_minmax(0,1fr)] gap-y-0.5 text-12">
      <dt className="text-fg-3">Takes</dt>
      <dd className="break-words">{describeType(fromJsonSchema(signature.input))}</dd>
      <dt className="text-fg-3">Gives</dt>
      <dd className="break-words">{describeType(fromJsonSchema(signature.output))}</dd>
    </dl>
  );
}

/** Fills in what a version is: one edit, one step of undo. Without a number the newest version is taken. */
function usePick(pipelines: CallablePipeline[]): (id: string, number: number | null) => void {
  const session = useSession();
  const { node } = useNode();
  return (id, number) => {
    const versions = pipelines.find((pipeline) => pipeline.id === id)?.versions ?? [];
    const version = versions.find((each) => each.number === number) ?? versions.at(-1);
    if (!version) return;
    const { input, output, trust, effect } = version.signature;
    const members: { [name: string]: Json } = {
      pipeline: nameForCall(pipelines, id),
      version: version.number,
      signature: { input, output, trust, effect },
    };
    session.document.dispatch({ kind: 'merge-config', nodeId: node.id, members });
  };
}
