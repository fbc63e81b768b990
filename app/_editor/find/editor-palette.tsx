'use client';
import { Command } from 'cmdk';
import { Globe, Search, Workflow } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { usePalette } from '#app/_shell/palette/palette-context.tsx';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { shownKey } from '../keys/shown-key.ts';
import { addNode, reveal } from '../session/actions.ts';
import { useSession } from '../session/context.ts';
import { type PaletteEntry, paletteActions, paletteGroups, paletteNodes, paletteTypes } from './palette-entries.ts';

const item =
  'flex h-8 cursor-default items-center gap-2 rounded-control px-2 data-[selected=true]:bg-hover data-[disabled=true]:text-fg-3 max-phone:h-11';
const heading =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-fg-3';

/** Every action of the editor by its name, every node to go to, every node type to add. */
export function EditorPalette({ onClose }: { onClose: () => void }) {
  const chosen = useRef<(() => void) | null>(null);
  const [query, setQuery] = useState('');
  const choose = (act: () => void) => {
    chosen.current = act;
    onClose();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fade-in fixed inset-0 z-40 bg-[rgb(10_11_14/.45)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fade-in fixed top-[12vh] left-1/2 z-50 w-[min(600px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded-float border border-line-strong bg-raised shadow-modal max-phone:top-3"
          // What is chosen begins when the palette is gone: it may take the focus, which the palette would take back.
          onCloseAutoFocus={(event) => {
            if (!chosen.current) return;
            event.preventDefault();
            chosen.current();
          }}
        >
          <Dialog.Title className="sr-only">All actions</Dialog.Title>
          <Command label="All actions" shouldFilter={false} loop>
            <div className="flex h-11 items-center gap-2 border-b border-line px-3">
              <Search size={16} className="text-fg-3" aria-hidden="true" />
              <Command.Input
                autoFocus
                value={query}
                onValueChange={setQuery}
                placeholder="Do anything, go to a node, add one …"
                className="h-full flex-1 bg-transparent text-14 outline-none placeholder:text-fg-3 focus-visible:shadow-none"
              />
              <Kbd>Esc</Kbd>
            </div>
            <Entries query={query} onChoose={choose} />
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type Choose = (act: () => void) => void;

function Entries({ query, onChoose }: { query: string; onChoose: Choose }) {
  const session = useSession();
  const all = useMemo(
    () => ({
      actions: paletteActions(session),
      nodes: paletteNodes(session.document.store.getState().graph),
      types: paletteTypes(),
    }),
    [session],
  );
  const groups = useMemo(() => paletteGroups(all, query), [all, query]);
  return (
    <Command.List className="max-h-[min(440px,60vh)] overflow-y-auto p-1">
      {groups.length === 0 && (
        <p className="px-3 py-6 text-center text-fg-2">
          Nothing here is called “{query}”. What stands in prompts and notes is found with Find.
        </p>
      )}
      {groups.map((group) => (
        <Command.Group key={group.heading} heading={group.heading} className={heading}>
          {group.entries.map((entry) => (
            <Entry key={entry.key} entry={entry} onChoose={onChoose} />
          ))}
        </Command.Group>
      ))}
      {query.trim() === '' && <Elsewhere onChoose={onChoose} />}
    </Command.List>
  );
}

function Entry({ entry, onChoose }: { entry: PaletteEntry; onChoose: Choose }) {
  const session = useSession();
  switch (entry.kind) {
    case 'action': {
      const { action, why, title } = entry;
      const Icon = action.icon;
      return (
        <Command.Item
          value={entry.key}
          className={item}
          disabled={why !== null}
          onSelect={() => onChoose(() => void action.act(session, ''))}
        >
          <Sign>{Icon && <Icon size={15} strokeWidth={1.9} aria-hidden="true" />}</Sign>
          <span className="flex-none">{title}</span>
          <span className="min-w-0 flex-1 truncate text-right text-12 text-fg-3">{why}</span>
          {action.keys.slice(0, 1).map((key) => (
            <Kbd key={key}>{shownKey(key)}</Kbd>
          ))}
        </Command.Item>
      );
    }
    case 'node':
      return (
        <Command.Item value={entry.key} className={item} onSelect={() => onChoose(() => reveal(session, entry.nodeId))}>
          <Tile type={entry.type} />
          <span className="truncate">{entry.title}</span>
          <span className="flex-1 truncate text-12 text-fg-3">{entry.typeTitle}</span>
        </Command.Item>
      );
    case 'add':
      return (
        <Command.Item
          value={entry.key}
          className={item}
          onSelect={() => onChoose(() => void addNode(session, entry.declaration.type))}
        >
          <Tile type={entry.declaration.type} />
          <span className="flex-none">{entry.title}</span>
          <span className="min-w-0 flex-1 truncate text-12 text-fg-3">{entry.declaration.description}</span>
        </Command.Item>
      );
    default: {
      const never: never = entry;
      throw new Error(`Not a known entry: ${JSON.stringify(never)}`);
    }
  }
}

/** What leads out of the editor. */
function Elsewhere({ onChoose }: { onChoose: Choose }) {
  const session = useSession();
  const router = useRouter();
  const everywhere = usePalette();
  return (
    <Command.Group heading="Elsewhere" className={heading}>
      <Command.Item
        value="elsewhere pipelines"
        className={item}
        onSelect={() => onChoose(() => router.push(`/p/${session.projectId}/pipelines`))}
      >
        <Sign>
          <Workflow size={15} strokeWidth={1.9} aria-hidden="true" />
        </Sign>
        All pipelines
      </Command.Item>
      <Command.Item value="elsewhere everywhere" className={item} onSelect={() => onChoose(everywhere.open)}>
        <Sign>
          <Globe size={15} strokeWidth={1.9} aria-hidden="true" />
        </Sign>
        Search everywhere
      </Command.Item>
    </Command.Group>
  );
}

function Sign({ children }: { children: ReactNode }) {
  return <span className="grid w-[18px] flex-none place-items-center text-fg-3">{children}</span>;
}

function Tile({ type }: { type: string }) {
  const declaration = definitions.get(type);
  return <CategoryTile category={declaration?.category ?? 'flow'} icon={declaration?.icon ?? 'box'} size="s" />;
}
