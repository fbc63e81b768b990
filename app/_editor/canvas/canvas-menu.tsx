'use client';
import { useReactFlow } from '@xyflow/react';
import { ChevronRight } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { type ReactElement, useRef } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { Kbd } from '#app/_ui/kbd.tsx';
import { shownKey } from '../keys/shown-key.ts';
import { useSession, useUi } from '../session/context.ts';
import { type MenuEntry, menuEntries } from './menu-entries.ts';

const panel =
  'fade-in z-50 max-h-(--radix-context-menu-content-available-height) min-w-52 overflow-y-auto rounded-float border border-line-strong bg-raised p-1 shadow-pop';
const item =
  'flex h-7 cursor-default items-center gap-2 rounded-control px-2 outline-none focus-visible:shadow-none data-highlighted:bg-hover max-phone:h-11';

/** The menu of the second mouse button: for what is selected, or for the canvas. */
export function CanvasMenu({ children }: { children: ReactElement }) {
  const session = useSession();
  const { screenToFlowPosition } = useReactFlow();
  const chosen = useRef<(() => void) | null>(null);
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger
        asChild
        onContextMenu={({ clientX, clientY }) =>
          session.ui.setState({ menuAt: screenToFlowPosition({ x: clientX, y: clientY }) })
        }
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          collisionPadding={8}
          className={panel}
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
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
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
        return <ContextMenu.Separator key={entry.id} className="m-1 h-px bg-line" />;
      case 'action':
        return <Entry key={entry.id} entry={entry} onChoose={onChoose} />;
      case 'more':
        return (
          <ContextMenu.Sub key={entry.id}>
            <ContextMenu.SubTrigger className={cn(item, 'data-[state=open]:bg-hover')}>
              <span className="w-3.5 flex-none" />
              <span className="flex-1">{entry.title}</span>
              <ChevronRight size={14} className="text-fg-3" aria-hidden="true" />
            </ContextMenu.SubTrigger>
            <ContextMenu.Portal>
              <ContextMenu.SubContent collisionPadding={8} className={panel}>
                <Entries entries={entry.entries} onChoose={onChoose} />
              </ContextMenu.SubContent>
            </ContextMenu.Portal>
          </ContextMenu.Sub>
        );
      default: {
        const never: never = entry;
        throw new Error(`Not a known entry: ${JSON.stringify(never)}`);
      }
    }
  });
}

function Entry({ entry, onChoose }: { entry: Extract<MenuEntry, { kind: 'action' }>; onChoose: Choose }) {
  const { icon: Icon, title, keys, danger, act } = entry;
  return (
    <ContextMenu.Item onSelect={() => onChoose(act)} className={cn(item, danger && 'text-st-failed')}>
      <span className={cn('w-3.5 flex-none', danger ? '' : 'text-fg-3')}>
        {Icon && <Icon size={14} strokeWidth={1.9} aria-hidden="true" />}
      </span>
      <span className="flex-1">{title}</span>
      {keys !== null && <Kbd>{shownKey(keys)}</Kbd>}
    </ContextMenu.Item>
  );
}
