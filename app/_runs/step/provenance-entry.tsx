'use client';
import { CircleCheck, CircleX, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { JudgedRecall } from '#app/_memory/recall-tier/judged-recall.tsx';
import { Cached, RehearsalBadge } from '#app/_ui/badge.tsx';
import { bytes, integer, risk } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import { Moment } from '#app/_ui/time.tsx';
import { ValueView } from '#app/_ui/value-view.tsx';
import type { Provenance } from '#nodes/core/capabilities.ts';
import { Nothing, Section } from './section.tsx';

/** One entry of the answer to "why?". */
export function ProvenanceEntry({ entry }: { entry: Provenance }) {
  switch (entry.kind) {
    case 'prompt':
      return <Prompt entry={entry} />;
    case 'model':
      return <Model entry={entry} />;
    case 'retrieved':
      return <Found entry={entry} />;
    case 'rule':
      return <Rule entry={entry} />;
    case 'risk':
      return <Risk entry={entry} />;
    case 'decision':
      return <Facts title="Decided" facts={decisionFacts(entry)} />;
    case 'entity':
      return <Facts title="Record" facts={entityFacts(entry)} />;
    case 'effect':
      return (
        <Section title="Effect" aside={entry.effect}>
          <div className="text-12">
            <ValueView value={entry.receipt} />
          </div>
        </Section>
      );
    case 'http':
      return (
        <Facts
          title="Request"
          facts={[
            [entry.method, entry.url],
            ['Status', String(entry.status)],
          ]}
        />
      );
    case 'file':
      return <FileRead entry={entry} />;
    case 'pinned':
      return <Facts title="Pinned" facts={pinnedFacts(entry)} />;
    case 'held':
      return <Facts title="At hand" facts={heldFacts(entry)} />;
    default:
      return entry satisfies never;
  }
}

type Of<Kind extends Provenance['kind']> = Extract<Provenance, { kind: Kind }>;

function Prompt({ entry }: { entry: Of<'prompt'> }) {
  return (
    <Section
      title={entry.repair ? 'Repair prompt' : 'Prompt'}
      aside={<code className="font-mono">{entry.hash.slice(0, 8)}</code>}
    >
      {entry.removed && <Nothing>Its text was removed by retention; the hash is still its own.</Nothing>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <div tabIndex={0} className="max-h-72 overflow-y-auto rounded-chip font-mono text-11 leading-[15px]">
        {entry.messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the messages of a prompt do not change
          <div key={index}>
            <div className="text-fg-3">{message.role}</div>
            <p className="break-words whitespace-pre-wrap">{message.content}</p>
          </div>
        ))}
      </div>
    </Section>
  );
}

function Model({ entry }: { entry: Of<'model'> }) {
  return (
    <Section title="Model" aside={entry.rehearsal ? <RehearsalBadge /> : entry.provider}>
      <p className="flex flex-wrap justify-between gap-x-3 text-12">
        <span>{entry.model}</span>
        <span className="text-fg-2">
          {integer(entry.inputTokens)} tokens in, {integer(entry.outputTokens)} out
        </span>
        {entry.cached ? (
          <Cached />
        ) : entry.priceId === null && !entry.rehearsal ? (
          <span className="text-st-waiting">no price known</span>
        ) : (
          <Money micros={entry.costMicros} />
        )}
      </p>
      {entry.rehearsal && (
        <p className="text-11 text-fg-3">Written offline for practice; no language model was asked.</p>
      )}
    </Section>
  );
}

function Rule({ entry }: { entry: Of<'rule'> }) {
  const Icon = entry.result ? CircleCheck : CircleX;
  return (
    <div className="rounded-control border border-line-strong bg-raised px-2.5 py-2 text-12 leading-[18px]">
      <div className="flex items-center gap-1.5">
        {entry.deciding ? (
          <ShieldCheck size={14} className="flex-none text-accent-text" aria-hidden="true" />
        ) : (
          <Icon size={14} className="flex-none text-fg-3" aria-hidden="true" />
        )}
        <b className="min-w-0 flex-1 truncate">{entry.name}</b>
        <span className={entry.deciding ? 'text-11 font-medium text-st-waiting' : 'text-11 text-fg-3'}>
          {entry.deciding ? 'decided' : entry.result ? 'applies' : 'does not apply'}
        </span>
      </div>
      {entry.message && <p>{entry.message}</p>}
      <code className="block font-mono text-11 break-words text-fg-2">{entry.expr}</code>
    </div>
  );
}

function Risk({ entry }: { entry: Of<'risk'> }) {
  return (
    <Section title="Risk" aside={`asks from ${risk(entry.threshold)}`}>
      <p className="text-12">
        {risk(entry.base)} base
        {entry.parts.map((part) => ` + ${risk(part.add)} ${part.name}`)} = <b>{risk(entry.total)}</b>
      </p>
    </Section>
  );
}

function Found({ entry }: { entry: Of<'retrieved'> }) {
  return (
    <Section title="Retrieved" aside={entry.vectors ? 'score · vector and text rank' : 'full text only'}>
      {entry.hits.length === 0 && <Nothing>Nothing was found for “{entry.query}”.</Nothing>}
      <JudgedRecall query={entry.query} hits={entry.hits} />
    </Section>
  );
}

function FileRead({ entry }: { entry: Of<'file'> }) {
  return (
    <Section title="File" aside={bytes(entry.bytes)}>
      <p className="text-12">{entry.name}</p>
      <div className="text-12">
        <ValueView value={entry.details} />
      </div>
    </Section>
  );
}

type Fact = [name: string, value: ReactNode];

function decisionFacts(entry: Of<'decision'>): Fact[] {
  return [
    ['Decision', `${entry.decision}${entry.edited ? ', edited' : ''}`],
    ['By', entry.by],
    ['Reason', entry.reason],
    ['When', <Moment key="at" at={entry.at} />],
  ];
}

function entityFacts(entry: Of<'entity'>): Fact[] {
  return [
    [entry.type, entry.key],
    ['Version', String(entry.version)],
    ['Changed', entry.changed.join(', ') || 'nothing'],
  ];
}

function pinnedFacts({ whence }: Of<'pinned'>): Fact[] {
  if (!whence) return [['Stood in', 'a pinned value']];
  if ('from' in whence) return [['Stood in', 'what it gave in another run']];
  return [
    ['Stood in', 'a pinned value'],
    ['By', whence.by],
    ['When', <Moment key="at" at={whence.at} />],
  ];
}

function heldFacts({ name, session, by, at, from }: Of<'held'>): Fact[] {
  return [
    ['Name', name],
    ['Session', session],
    ['By', by ?? from?.state],
    ['When', <Moment key="at" at={at} />],
  ];
}

function Facts({ title, facts }: { title: string; facts: Fact[] }) {
  return (
    <Section title={title}>
      <dl className="grid grid-cols-[64px_minmax(0,1fr)] gap-x-2 text-12 leading-5">
        {facts
          .filter(([, value]) => value !== null && value !== '')
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="truncate text-fg-3">{name}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
      </dl>
    </Section>
  );
}
