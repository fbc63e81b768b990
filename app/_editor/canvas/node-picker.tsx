'use client';
import { Command } from 'cmdk';
import { CircleCheck } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { definitions } from '#app/_canvas/definitions.ts';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import type { Fitting } from '../connect/fitting.ts';
import { insertNode } from '../connect/insert.ts';
import { type PickerEntry, pickerGroups } from '../connect/picker-entries.ts';
import type { InsertPlace } from '../connect/place.ts';
import { favourites } from '../library/favourites.ts';
import { MarkedText } from '../library/marked-text.tsx';
import { useSession, useUi } from '../session/context.ts';
import type { Picker } from '../session/ui-store.ts';

const questions: Record<InsertPlace['kind'], string> = {
  free: 'Add a node',
  after: 'What follows?',
  before: 'What comes before?',
  between: 'What comes in between?',
};

/** What can be joined although it does not fit by itself. */
const others: Record<InsertPlace['kind'], string> = {
  free: '',
  after: 'Needs more',
  before: 'Leads there, gives nothing that is needed',
  between: 'Needs more',
};

/** Asks which node goes somewhere, and offers what fits there first. */
export function NodePicker() {
  const picker = useUi((ui) => ui.picker);
  return picker ? <OpenPicker key={JSON.stringify(picker)} picker={picker} /> : null;
}

function OpenPicker({ picker }: { picker: Picker }) {
  const session = useSession();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState('');
  const fitting = useFitting(picker.place);
  const starred = useStore(favourites().store);
  const groups = useMemo(
    () =>
      fitting === 'asked'
        ? []
        : pickerGroups(definitions, query, { fitting, starred, others: others[picker.place.kind] }),
    [fitting, query, starred, picker.place.kind],
  );
  const question = questions[picker.place.kind];
  const close = () => session.ui.setState({ picker: null });
  const entries = groups.flatMap((group) => group.entries);
  const described = entries.find(({ declaration }) => declaration.type === chosen) ?? entries[0];
  return (
    <Popover.Root open onOpenChange={(open) => !open && close()}>
      <Popover.Anchor asChild>
        <span className="fixed size-0" style={{ left: picker.screen.x, top: picker.screen.y }} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={question}
          className="fade-in z-50 w-72 overflow-hidden rounded-float border border-line-strong bg-raised shadow-pop"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            session.view?.focus();
          }}
        >
          <Command loop shouldFilter={false} label={question} value={chosen} onValueChange={setChosen}>
            <Command.Input
              autoFocus
              value={query}
              onValueChange={setQuery}
              placeholder={question}
              className="h-9 w-full border-b border-line bg-transparent px-3 outline-none placeholder:text-fg-3 focus-visible:shadow-none max-phone:h-11 max-phone:text-16"
            />
            <Command.List className="h-72 overflow-y-auto p-1">
              {fitting !== 'asked' && (
                <Command.Empty className="p-3 text-12 text-fg-3">No node that fits here is called that.</Command.Empty>
              )}
              {groups.map(({ title, entries: offered }) => (
                <Command.Group key={title} heading={title} className={heading}>
                  {offered.map((entry) => (
                    <Offer
                      key={entry.declaration.type}
                      entry={entry}
                      place={picker.place}
                      onChoose={(type) => {
                        close();
                        void insertNode(session, type, picker);
                      }}
                    />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
            <p className="h-11 border-t border-line px-3 py-1.5 text-11 text-fg-3">
              <span className="line-clamp-2">{described?.declaration.description}</span>
            </p>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

const heading =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-fg-3';

type OfferProps = { entry: PickerEntry; place: InsertPlace; onChoose: (type: string) => void };

function Offer({ entry, place, onChoose }: OfferProps) {
  const { type, category, icon } = entry.declaration;
  return (
    <Command.Item
      value={type}
      className="flex h-7 cursor-default items-center gap-2 rounded-control px-2 text-12 data-[selected=true]:bg-hover max-phone:h-11"
      onSelect={() => onChoose(type)}
    >
      <CategoryTile category={category} icon={icon} size="s" className="size-[18px]" />
      <span className="flex-none">
        <MarkedText pieces={entry.title} />
      </span>
      {place.kind !== 'free' && entry.fit && <FitMark entry={entry} place={place} />}
    </Command.Item>
  );
}

/** How an entry fits, in a word. */
function FitMark({ entry: { fit }, place }: { entry: PickerEntry; place: InsertPlace }) {
  if (!fit) return null;
  const inputs = fit.inputs.join(', ');
  if (!fit.fits)
    return (
      <span className="min-w-0 flex-1 truncate text-right text-11 text-fg-3" title={inputs && `Needs ${inputs}`}>
        {inputs && `needs ${inputs}`}
      </span>
    );
  return (
    <span className="flex min-w-0 flex-1 items-center justify-end gap-1 text-11 text-st-done">
      <CircleCheck size={12} strokeWidth={1.9} className="flex-none" aria-hidden="true" />
      <span className="truncate">{place.kind === 'before' && inputs ? `gives ${inputs}` : 'fits'}</span>
    </span>
  );
}

/** How the node types fit at a place: asked of the language. Null: it could not tell. */
function useFitting(place: InsertPlace): Fitting | null | 'asked' {
  const session = useSession();
  const [fitting, setFitting] = useState<Fitting | null | 'asked'>('asked');
  useEffect(() => {
    let left = false;
    session.language
      .fitting(session.document.store.getState().graph, place)
      .catch((error: unknown) => {
        console.warn('What fits here could not be worked out; everything is offered.', error);
        return null;
      })
      .then((answer) => {
        if (!left) setFitting(answer);
      });
    return () => {
      left = true;
    };
  }, [session, place]);
  return fitting;
}
