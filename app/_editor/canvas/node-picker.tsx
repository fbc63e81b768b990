'use client';
import { Command } from 'cmdk';
import { Popover } from 'radix-ui';
import { definitions } from '#app/_canvas/definitions.ts';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { fitsBehindWire } from '../connect/targets.ts';
import { libraryGroups } from '../library/search.ts';
import { addNode } from '../session/actions.ts';
import { useSession, useUi } from '../session/context.ts';
import type { Picker } from '../session/ui-store.ts';

/** What follows? Opens where a wire was let go over empty canvas, and offers what fits behind it. */
export function NodePicker() {
  const picker = useUi((ui) => ui.picker);
  return picker ? <OpenPicker picker={picker} /> : null;
}

function OpenPicker({ picker }: { picker: Picker }) {
  const session = useSession();
  const close = () => session.ui.setState({ picker: null });
  const groups = libraryGroups(definitions, '')
    .map((group) => ({
      ...group,
      entries: group.entries.filter(({ type }) => picker.wire === null || fitsBehindWire(definitions, type)),
    }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <Popover.Root open onOpenChange={(open) => !open && close()}>
      <Popover.Anchor asChild>
        <span className="fixed size-0" style={{ left: picker.screen.x, top: picker.screen.y }} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          align="start"
          collisionPadding={8}
          aria-label="What follows?"
          className="fade-in z-50 w-64 rounded-float border border-line-strong bg-raised shadow-pop"
        >
          <Command loop label="What follows?">
            <Command.Input
              autoFocus
              placeholder="What follows?"
              className="h-9 w-full border-b border-line bg-transparent px-3 outline-none placeholder:text-fg-3 focus-visible:shadow-none"
            />
            <Command.List className="max-h-72 overflow-y-auto p-1">
              <Command.Empty className="p-3 text-12 text-fg-3">No node is called that.</Command.Empty>
              {groups.map(({ category, title, entries }) => (
                <Command.Group
                  key={category}
                  heading={title}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:text-fg-3"
                >
                  {entries.map(({ type, title: name, icon, description }) => (
                    <Command.Item
                      key={type}
                      value={`${name} ${type}`}
                      keywords={[description]}
                      className="flex h-7 items-center gap-2 rounded-control px-2 text-12 data-[selected=true]:bg-hover max-phone:h-11"
                      onSelect={() => {
                        close();
                        void addNode(session, type, { at: picker.flow, wire: picker.wire });
                      }}
                    >
                      <CategoryTile category={category} icon={icon} size="s" />
                      {name}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
