'use client';
import { inReadingOrder } from '#app/_ui/brief.ts';
import { plural } from '#app/_ui/format.ts';
import { ValueView } from '#app/_ui/value-view.tsx';
import type { Graph } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import type { StepDetail } from '#server/runs/types.ts';
import { pointerOf, useAskLineage } from '../lineage/lineage-at.ts';
import { faceOf } from '../node-face.ts';
import { AskButton } from './ask-button.tsx';
import { Copy } from './copy.tsx';
import { originText } from './origins.ts';
import { Nothing, Section } from './section.tsx';

/** What went into a step, with where each value came from, and what came out. */
export function StepData({ step, graph }: { step: StepDetail; graph: Graph }) {
  return (
    <div className="grid gap-4">
      <StepInput step={step} graph={graph} />
      <StepOutput step={step} />
    </div>
  );
}

/** The values a step started with; under each stands what it came from. */
export function StepInput({ step, graph }: { step: StepDetail; graph: Graph }) {
  const bindings = graph.nodes.find((node) => node.id === step.state)?.inputs ?? {};
  const ask = useAskLineage(step);
  const values = inReadingOrder(Object.entries(isObject(step.input) ? step.input : {}));
  return (
    <Section title="Input" aside={plural(values.length, 'value')}>
      {values.length === 0 && (
        <Nothing>{step.startedAt === null ? 'It has not started yet.' : 'It takes no input.'}</Nothing>
      )}
      <dl className="grid gap-y-1 text-12">
        {values.map(([name, value]) => (
          <div key={name} className="grid grid-cols-[minmax(68px,24%)_minmax(0,1fr)] gap-x-2">
            <dt className="truncate text-fg-3" title={name}>
              {name}
            </dt>
            <dd className="min-w-0">
              <div className="max-h-80 overflow-y-auto">
                <ValueView value={value} />
              </div>
              <span className="block text-11 text-fg-3">
                from {originText(bindings[name], (id) => faceOf(graph, id).title)}
                {ask && <AskButton of={`the input ${name}`} onAsk={() => ask('input', pointerOf(name))} />}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** What a step gave, or why it gave nothing yet. */
export function StepOutput({ step }: { step: StepDetail }) {
  const ask = useAskLineage(step);
  const { output } = step;
  const whole = ask && output !== null && <AskButton of="the output" onAsk={() => ask('output', '')} />;
  const members = ask && isObject(output) && Object.keys(output).length > 1;
  return (
    <Section
      title="Output"
      aside={
        output !== null && (
          <span className="flex items-baseline gap-2">
            {whole}
            <Copy value={output} />
          </span>
        )
      }
    >
      {step.failure && (
        <p className="mb-2 rounded-control bg-st-failed-soft px-2 py-1.5 text-12 text-st-failed">
          <b>{step.failure.code}</b> {step.failure.message}
        </p>
      )}
      {step.output === null ? (
        <Nothing>{missing(step)}</Nothing>
      ) : (
        <div className="text-12 leading-[18px]">
          <ValueView
            value={step.output}
            {...(members
              ? { aside: (name) => <AskButton of={name} onAsk={() => ask('output', pointerOf(name))} /> }
              : {})}
          />
        </div>
      )}
    </Section>
  );
}

function missing(step: StepDetail): string {
  switch (step.status) {
    case 'ready':
      return 'It has not started yet.';
    case 'running':
      return 'It is still running.';
    case 'waiting':
      return 'It waits; there is no output yet.';
    case 'cancelled':
      return 'It was cancelled before it gave an output.';
    case 'failed':
      return 'It failed without an output.';
    case 'done':
      return 'It gave no output.';
  }
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
