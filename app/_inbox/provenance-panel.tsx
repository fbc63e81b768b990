'use client';
import { type ReactNode, useState } from 'react';
import { ProvenanceEntry } from '#app/_runs/step/provenance-entry.tsx';
import { Section } from '#app/_runs/step/section.tsx';
import { Cached, RehearsalBadge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { risk } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import type { TaskView } from '#server/inbox/types.ts';
import { type ProvenanceParts, partsOf } from './provenance-parts.ts';

/** Why a task waits, what was retrieved, and what made the proposal. */
export function ProvenancePanel({ task }: { task: TaskView }) {
  const parts = partsOf(task.provenance);
  return (
    <aside
      aria-label="Provenance"
      className="min-w-0 overflow-y-auto border-l border-line bg-bg max-wide:border-t max-wide:border-l-0"
    >
      <Part>
        <WhyItWaits task={task} parts={parts} />
      </Part>
      {parts.retrieved.map((entry) => (
        <Part key={entry.query}>
          <ProvenanceEntry entry={entry} />
        </Part>
      ))}
      {(parts.models.length > 0 || parts.prompts.length > 0) && (
        <Part>
          <MadeBy parts={parts} costMicros={task.spend.costMicros} />
        </Part>
      )}
      {parts.rest.map((group) => (
        <Part key={group.title}>
          <p className="mb-1 text-11 font-medium text-fg-3">{group.title}</p>
          <div className="grid gap-2">
            {group.entries.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what led to a value is written once, in order
              <ProvenanceEntry key={index} entry={entry} />
            ))}
          </div>
        </Part>
      ))}
    </aside>
  );
}

function Part({ children }: { children: ReactNode }) {
  return <div className="border-b border-line px-4 py-3.5 last:border-b-0">{children}</div>;
}

function WhyItWaits({ task, parts }: { task: TaskView; parts: ProvenanceParts }) {
  return (
    <Section title="Why it waits">
      <div className="grid gap-2">
        {parts.rules.map((rule) => (
          <ProvenanceEntry key={rule.name} entry={rule} />
        ))}
        <div className="rounded-control border border-line-strong bg-raised px-2.5 py-2 text-12 leading-[18px]">
          {task.kind === 'failure' ? (
            <p>Nothing that is tried again by itself is left, and its error outcome leads nowhere.</p>
          ) : (
            task.reasons.map((reason) => <p key={reason}>{reason}</p>)
          )}
          {task.kind === 'decision' && <p>The receipt is missing, so it is not repeated without you.</p>}
          {parts.risks.map((entry) => (
            <p
              key={entry.total}
              className="mt-1 border-t border-line pt-1 text-11 text-fg-2 first:mt-0 first:border-t-0 first:pt-0"
            >
              Risk {risk(entry.base)} base
              {entry.parts.map((part) => ` + ${risk(part.add)} ${part.name}`)} = <b>{risk(entry.total)}</b>, asks from{' '}
              {risk(entry.threshold)}
            </p>
          ))}
        </div>
      </div>
    </Section>
  );
}

function MadeBy({ parts, costMicros }: { parts: ProvenanceParts; costMicros: number }) {
  const [shown, setShown] = useState<number | null>(null);
  const prompt = shown === null ? undefined : parts.prompts[shown];
  return (
    <Section title="Made by">
      <dl className="grid grid-cols-[64px_minmax(0,1fr)] text-12 leading-5">
        {parts.prompts.map((each, index) => (
          <Row key={each.hash + String(each.repair)} name={each.repair ? 'Repair' : 'Prompt'}>
            <Button variant="link" size="sm" className="leading-5" onClick={() => setShown(index)}>
              {each.title}
            </Button>
          </Row>
        ))}
        {parts.models.map((model, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the calls of a step are written once, in order
          <Row key={index} name="Model">
            {model.model} {model.rehearsal && <RehearsalBadge />} {model.cached && <Cached />}
          </Row>
        ))}
        <Row name="Spend">
          <Money micros={costMicros} />
        </Row>
      </dl>
      <Dialog
        open={prompt !== undefined}
        onClose={() => setShown(null)}
        title="Prompt"
        className="w-[min(720px,calc(100vw-24px))]"
      >
        {prompt && <ProvenanceEntry entry={prompt} />}
      </Dialog>
    </Section>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-fg-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
