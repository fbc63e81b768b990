'use client';
import { ContextMenu } from 'radix-ui';
import type { ReactElement } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { Kbd } from '#app/_ui/kbd.tsx';
import { withCommand } from '../keys/platform.ts';
import { useSession, useUi } from '../session/context.ts';
import { type MenuEntry, menuEntries } from './menu-entries.tsx';

/** The menu of the second mouse button: for what is selected, or for the canvas. */
export function CanvasMenu({ children }: { children: ReactElement }) {
  const session = useSession();
  const selection = useUi((ui) => ui.selection);
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          collisionPadding={8}
          // What an entry opened keeps the focus.
          onCloseAutoFocus={(event) => session.ui.getState().picker && event.preventDefault()}
          className="fade-in z-50 min-w-48 rounded-float border border-line-strong bg-raised p-1 shadow-pop"
        >
          {menuEntries(session, selection).map((entry) =>
            entry === 'line' ? (
              <ContextMenu.Separator key={entry} className="m-1 h-px bg-line" />
            ) : (
              <Entry key={entry.title} entry={entry} />
            ),
          )}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function Entry({ entry }: { entry: Exclude<MenuEntry, 'line'> }) {
  const { icon: Icon, title, keys, danger, act } = entry;
  return (
    <ContextMenu.Item
      onSelect={act}
      className={cn(
        'flex h-7 cursor-default items-center gap-2 rounded-control px-2 outline-none data-highlighted:bg-hover max-phone:h-11',
        danger && 'text-st-failed',
      )}
    >
      <Icon size={14} strokeWidth={1.9} className={danger ? '' : 'text-fg-3'} aria-hidden="true" />
      <span className="flex-1">{title}</span>
      {keys && <Kbd>{keys.replace(/^mod (.*)$/, (_all, key: string) => withCommand(key))}</Kbd>}
    </ContextMenu.Item>
  );
}
