'use client';
import { ArrowRight, ArrowRightLeft, RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { moment } from '#app/_ui/format.ts';
import { Select } from '#app/_ui/select.tsx';
import type { Graph } from '#nodes/core/graph.ts';
import { useSession } from '../session/context.ts';
import { useHistoryEntries } from './history/use-history-entries.ts';
import { historyAddress, readRef, type StateRef, writeRef } from './refs.ts';
import { useRestore } from './use-restore.ts';
import type { LoadedState } from './use-states.ts';

type State = LoadedState & { graph: Graph };

/** Which two states are compared: any can be chosen, exchanged, or put back into the draft. */
export function StateBar({ before, after }: { before: State; after: State }) {
  const session = useSession();
  const router = useRouter();
  const show = (from: StateRef, to: StateRef) => router.replace(historyAddress(session, { kind: 'two', from, to }));
  return (
    <div className="flex flex-none flex-wrap items-center gap-1.5 border-b border-line px-3 py-2">
      <StateSelect label="From" state={before} onChange={(from) => show(from, after.ref)} />
      <ArrowRight size={14} className="flex-none text-fg-3" aria-hidden="true" />
      <StateSelect label="To" state={after} onChange={(to) => show(before.ref, to)} />
      <IconButton label="The other way round" size="sm" onClick={() => show(after.ref, before.ref)}>
        <ArrowRightLeft size={14} />
      </IconButton>
      <RestoreButton state={before.ref.kind === 'draft' || after.ref.kind !== 'draft' ? after : before} />
    </div>
  );
}

/** Puts what is shown back into the draft; there is none for the draft itself. */
export function RestoreButton({ state }: { state: State }) {
  const restore = useRestore();
  if (state.ref.kind === 'draft') return null;
  return (
    <Button size="sm" icon={<RotateCcw size={13} />} className="ml-auto" onClick={() => restore(state)}>
      Restore {state.ref.kind === 'version' ? state.label : 'this'}
    </Button>
  );
}

type SelectProps = { label: string; state: LoadedState; onChange: (ref: StateRef) => void };

function StateSelect({ label, state, onChange }: SelectProps) {
  const { entries } = useHistoryEntries();
  const value = writeRef(state.ref);
  const options = [
    { value: 'draft', label: 'The draft' },
    ...entries.map(({ ref, title, at, version }) => ({
      value: writeRef(ref),
      label: version ? title : `${moment(at)} · ${title}`,
    })),
  ];
  const known = options.some((option) => option.value === value);
  return (
    <Select
      label={label}
      className="max-w-36 min-w-0 text-12"
      value={value}
      options={known ? options : [...options, { value, label: state.label }]}
      onChange={(next) => {
        const ref = readRef(next);
        if (ref) onChange(ref);
      }}
    />
  );
}
