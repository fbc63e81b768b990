'use client';
import { ChevronRight } from 'lucide-react';
import { Menu } from 'radix-ui/internal';
import { useMemo, useRef, useState } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { Kbd } from '#app/_ui/kbd.tsx';
import { useFirstEntry } from '#app/_ui/use-first-entry.ts';
import { shownKey } from '../keys/shown-key.ts';
import { useSession, useUi } from '../session/context.ts';
import { type MenuEntry, menuEntries } from './menu-entries.ts';

const panel =
  'fade-in z-50 max-h-(--radix-popper-available-height) min-w-52 overflow-y-auto rounded-float border border-line-strong bg-raised p-1 shadow-pop';
const item =
  'flex h-7 cursor-default items-center gap-2 rounded-control px-2 outline-none focus-visible:shadow-none data-highlighted:bg-hover max-phone:h-11';

type Props = { at: { x: number; y: number }; open: boolean; by: 'press' | 'key'; onClose: () => void };

/** The context menu itself, beside a point of the screen. */
export function CanvasMenuPanel({ at: { x, y }, open, by, onClose }: Props) {
  const session = useSession();
  const chosen = useRef<(() => void) | null>(null);
  const anchor = useMemo(() => ({ current: { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) } }), [x, y]);
  const firstEntry = useFirstEntry(open && by === 'key');
  return (
    <Menu.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Menu.Anchor virtualRef={anchor} />
      <Menu.Portal>
        <Menu.Content
          side="right"
          sideOffset={2}
          align="start"
          collisionPadding={8}
          className={panel}
          onFocus={firstEntry}
          // What is chosen begins when the menu is gone: it may take the focus, which the menu would take back.
          onCloseAutoFocus={(event) => {
            const act = chosen.current;
            chosen.current = null;
            if (act) {
              event.preventDefault();
              act();
            }
            session.ui.setState({ menuAt: null });
          }}
        >
          <Selected
            onChoose={(act) => {
              chosen.current = act;
            }}
          />
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

type Choose = (act: () => void) => void;

function Selected({ onChoose }: { onChoose: Choose }) {
  const session = useSession();
  const selection = useUi((ui) => ui.selection);
  return <Entries entries={menuEntries(session, selection)} onChoose={onChoose} />;
}

function Entries({ entries, onChoose }: { entries: MenuEntry[]; onChoose: Choose }) {
  return entries.map((entry) => {
    switch (entry.kind) {
      case 'line':
        return <Menu.Separator key={entry.id} className="m-1 h-px bg-line" />;
      case 'action':
        return <Entry key={entry.id} entry={entry} onChoose={onChoose} />;
      case 'more':
        return <More key={entry.id} entry={entry} onChoose={onChoose} />;
      default: {
        const never: never = entry;
        throw new Error(`Not a known entry: ${JSON.stringify(never)}`);
      }
    }
  });
}

function More({ entry, onChoose }: { entry: Extract<MenuEntry, { kind: 'more' }>; onChoose: Choose }) {
  const [open, setOpen] = useState(false);
  return (
    <Menu.Sub open={open} onOpenChange={setOpen}>
      <Menu.SubTrigger className={cn(item, 'data-[state=open]:bg-hover')}>
        <span className="w-3.5 flex-none" />
        <span className="flex-1">{entry.title}</span>
        <ChevronRight size={14} className="text-fg-3" aria-hidden="true" />
      </Menu.SubTrigger>
      <Menu.Portal>
        <Menu.SubContent collisionPadding={8} className={panel}>
          <Entries entries={entry.entries} onChoose={onChoose} />
        </Menu.SubContent>
      </Menu.Portal>
    </Menu.Sub>
  );
}

function Entry({ entry, onChoose }: { entry: Extract<MenuEntry, { kind: 'action' }>; onChoose: Choose }) {
  const { icon: Icon, title, keys, danger, act } = entry;
  return (
    <Menu.Item onSelect={() => onChoose(act)} className={cn(item, danger && 'text-st-failed')}>
      <span className={cn('w-3.5 flex-none', danger ? '' : 'text-fg-3')}>
        {Icon && <Icon size={14} strokeWidth={1.9} aria-hidden="true" />}
      </span>
      <span className="flex-1">{title}</span>
      {keys !== null && <Kbd>{shownKey(keys)}</Kbd>}
    </Menu.Item>
  );
}
