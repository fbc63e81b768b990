'use client';
import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useMemo, useState } from 'react';
import { cardModels } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { sayFailed } from '#app/_ui/toaster.tsx';
import { connectableTargets, wiringOf } from '../connect/targets.ts';
import { connect } from '../session/actions.ts';
import { useGraph, useSession } from '../session/context.ts';

const item =
  'flex h-8 cursor-default items-center gap-2 rounded-control px-2 data-[selected=true]:bg-hover max-phone:h-11';

/** Draws a wire with the keyboard: first the outcome, where there is more than one, then what it leads to. */
export function ConnectDialog({ from, onClose }: { from: string; onClose: () => void }) {
  const session = useSession();
  const graph = useGraph((whole) => whole);
  const models = useMemo(() => cardModels(graph, definitions), [graph]);
  const model = models.get(from);
  const outcomes = model?.outcomes ?? [];
  const [chosen, setChosen] = useState<string | null>(outcomes.length === 1 ? (outcomes[0] ?? null) : null);
  const targets = useMemo(
    () => (chosen === null ? [] : [...connectableTargets(wiringOf(graph, definitions), { from, outcome: chosen })]),
    [graph, from, chosen],
  );
  const question =
    chosen === null ? `Which outcome of ${model?.title ?? from}?` : `${model?.title ?? from}, ${chosen}, leads to`;
  const join = async (to: string) => {
    onClose();
    if (!(await connect(session, { from, outcome: chosen ?? '', to })))
      sayFailed('Not connected', 'The pipeline was changed meanwhile. Try again.');
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fade-in fixed inset-0 z-40 bg-[rgb(10_11_14/.45)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fade-in fixed top-[14vh] left-1/2 z-50 w-[min(420px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded-float border border-line-strong bg-raised shadow-modal"
        >
          <Dialog.Title className="px-3 pt-2.5 text-12 text-fg-2">{question}</Dialog.Title>
          <Command key={chosen} loop label={question}>
            <Command.Input
              autoFocus
              placeholder={chosen === null ? 'An outcome' : 'A node'}
              className="h-9 w-full border-b border-line bg-transparent px-3 outline-none placeholder:text-fg-3 focus-visible:shadow-none"
            />
            <Command.List className="max-h-72 overflow-y-auto p-1">
              <Command.Empty className="p-3 text-12 text-fg-3">
                {chosen !== null && targets.length === 0
                  ? 'Nothing on the canvas may follow here. Add a node.'
                  : 'Nothing is called that.'}
              </Command.Empty>
              {chosen === null
                ? outcomes.map((outcome) => (
                    <Command.Item key={outcome} value={outcome} className={item} onSelect={() => setChosen(outcome)}>
                      {outcome}
                      <span className="truncate text-12 text-fg-3">{model?.carries[outcome]}</span>
                    </Command.Item>
                  ))
                : targets.map((id) => {
                    const target = models.get(id);
                    return (
                      <Command.Item
                        key={id}
                        value={`${target?.title ?? ''} ${id}`}
                        className={item}
                        onSelect={() => void join(id)}
                      >
                        <CategoryTile category={target?.category ?? 'flow'} icon={target?.icon ?? 'box'} size="s" />
                        <span className="truncate">{target?.title ?? id}</span>
                        <span className="text-12 text-fg-3">{target?.typeTitle}</span>
                      </Command.Item>
                    );
                  })}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
