'use client';
import { brief } from '#app/_ui/brief.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { StepDetail } from '#server/runs/types.ts';
import { faceOf } from '../node-face.ts';
import { ProvenanceEntry } from './provenance-entry.tsx';
import { Nothing, Section } from './section.tsx';

/** Everything that led to a step's output: prompt, model, retrieved documents, rules, approver, upstream values. */
export function StepProvenance({ step, graph }: { step: StepDetail; graph: Graph }) {
  return (
    <div className="grid gap-4">
      {step.provenance.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what led to a value is written once, in order
        <ProvenanceEntry key={index} entry={entry} />
      ))}
      <Section title="Upstream" aside={step.upstream.length > 0 ? undefined : 'none'}>
        {step.upstream.length === 0 && <Nothing>It read no output of another node.</Nothing>}
        <dl className="grid gap-y-1 text-12">
          {step.upstream.map((source) => (
            <div
              key={`${source.state} ${source.path}`}
              className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)] gap-x-2"
            >
              <dt className="truncate text-fg-3">{faceOf(graph, source.state).title}</dt>
              <dd className="truncate" title={brief(source.output, 400)}>
                {brief(source.output)}
              </dd>
            </div>
          ))}
        </dl>
      </Section>
    </div>
  );
}
