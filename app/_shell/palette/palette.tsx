'use client';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Kbd } from '#app/_ui/kbd.tsx';
import { useCommands } from './commands.tsx';

/** Goes to any page, pipeline, run or project, and does what has no place of its own. */
export function Palette({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const [search, setSearch] = useState('');
  const { groups, loading } = useCommands((href) => router.push(href));
  return (
    <Command.Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      label="Search and commands"
      loop
      overlayClassName="fade-in fixed inset-0 z-40 bg-[rgb(10_11_14/.45)]"
      contentClassName="fade-in fixed top-[12vh] left-1/2 z-50 w-[min(560px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded-float border border-line-strong bg-raised shadow-modal max-phone:top-3"
    >
      <div className="flex h-11 items-center gap-2 border-b border-line px-3">
        <Search size={16} className="text-fg-3" aria-hidden="true" />
        <Command.Input
          value={search}
          onValueChange={setSearch}
          placeholder="Go to a pipeline, a run, a page …"
          className="h-full flex-1 bg-transparent text-14 outline-none placeholder:text-fg-3 focus-visible:shadow-none"
        />
        <Kbd>Esc</Kbd>
      </div>
      <Command.List className="max-h-[min(420px,60vh)] overflow-y-auto p-1">
        <Command.Empty className="px-3 py-6 text-center text-fg-2">
          {loading ? 'Loading …' : `Nothing is called “${search}”. Try a part of a name, or R- and a number.`}
        </Command.Empty>
        {groups.map((group) => (
          <Command.Group key={group.heading} heading={<Heading>{group.heading}</Heading>}>
            {group.commands.map((command) => (
              <Command.Item
                key={command.id}
                value={command.id}
                keywords={[command.title, command.detail ?? '']}
                onSelect={() => {
                  onClose();
                  command.act();
                }}
                className="flex h-8 cursor-default items-center gap-2 rounded-control px-2 data-[selected=true]:bg-hover max-phone:h-11"
              >
                <span className="grid w-4 place-items-center text-fg-3">{command.icon}</span>
                <span className="truncate">{command.title}</span>
                <span className="min-w-0 flex-1 truncate text-12 text-fg-3">{command.detail}</span>
                {command.keys && <Kbd>{command.keys}</Kbd>}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command.Dialog>
  );
}

function Heading({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-2 pb-1 text-11 font-medium text-fg-3">{children}</div>;
}
