'use client';
import { brief } from '#app/_ui/brief.ts';
import { plural } from '#app/_ui/format.ts';
import type { Provenance } from '#nodes/core/capabilities.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { StepDetail } from '#server/runs/types.ts';
import { faceOf } from '../node-face.ts';
import { ProvenanceEntry } from './provenance-entry.tsx';
import { Nothing, Section } from './section.tsx';
import { standingOf } from './standing.ts';

/** Everything that led to a step's output: prompt, model, retrieved documents, rules, approver, upstream values. */
export function StepProvenance({ step, graph }: { step: StepDetail; graph: Graph }) {
  const { standing, inVain } = standingOf(step.provenance);
  return (
    <div className="grid gap-4">
      <Entries entries={standing} />
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
      {inVain.length > 0 && (
        <details className="text-12">
          <summary className="cursor-default rounded-control py-1 text-fg-2 hover:text-fg">
            Attempts before that failed: {plural(inVain.length, 'entry', 'entries')}
          </summary>
          <div className="grid gap-4 pt-2">
            <Entries entries={inVain} />
          </div>
        </details>
      )}
    </div>
  );
}

function Entries({ entries }: { entries: readonly Provenance[] }) {
  return entries.map((entry, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: what led to a value is written once, in order
    <ProvenanceEntry key={index} entry={entry} />
  ));
}
