'use client';
import { ChevronDown, Play, Redo2, Search, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { Logo } from '#app/_shell/logo.tsx';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { Menu, MenuItem } from '#app/_ui/menu.tsx';
import { withCommand } from '../keys/platform.ts';
import { useRunAgain } from '../running/use-run-again.ts';
import { redo, undo } from '../session/actions.ts';
import { useGraph, useHistory, useSession } from '../session/context.ts';
import type { DraftDifference } from '../versions/use-difference.ts';
import { VersionMark } from '../versions/version-mark.tsx';
import { SaveMark } from './save-mark.tsx';

/** What stands above the drawing: which pipeline, whether it is saved and published, undo, find, run, publish. */
export function TopBar({ published, draft }: { published: number | null; draft: DraftDifference }) {
  const session = useSession();
  const name = useGraph((graph) => graph.name);
  return (
    <header className="flex h-11 min-w-0 items-center gap-2 border-b border-line bg-panel pr-3 pl-4 max-phone:h-13 max-phone:pl-2">
      <Link href={`/p/${session.projectId}/today`} aria-label="Today" className="flex-none rounded-control">
        <Logo />
      </Link>
      <nav aria-label="Breadcrumb" className="ml-1.5 flex min-w-0 items-center gap-1.5">
        <Link href={`/p/${session.projectId}/pipelines`} className="text-fg-2 hover:underline max-phone:hidden">
          Pipelines
        </Link>
        <span className="text-fg-3 max-phone:hidden">/</span>
        <h1 className="truncate font-semibold">{name}</h1>
      </nav>
      <SaveMark />
      <VersionMark published={published} draft={draft} />
      <span className="flex-1" />
      <HistoryButtons />
      <Button
        variant="ghost"
        icon={<Search size={14} />}
        className="max-phone:hidden"
        onClick={() => session.ui.setState({ dialog: { kind: 'palette' } })}
      >
        Find
        <Kbd>{withCommand('K')}</Kbd>
      </Button>
      <RunButton published={published} />
      <Button
        variant="primary"
        className="max-phone:hidden"
        onClick={() => session.ui.setState({ dialog: { kind: 'publish' } })}
      >
        Publish v{(published ?? 0) + 1}
      </Button>
    </header>
  );
}

function HistoryButtons() {
  const session = useSession();
  const history = useHistory();
  return (
    <span className="flex flex-none max-phone:hidden">
      <IconButton
        label={history.undo ? `Undo: ${history.undo}` : 'Undo'}
        keys={withCommand('Z')}
        disabled={history.undo === null}
        onClick={() => undo(session)}
      >
        <Undo2 size={16} />
      </IconButton>
      <IconButton
        label={history.redo ? `Redo: ${history.redo}` : 'Redo'}
        keys={withCommand('⇧Z')}
        disabled={history.redo === null}
        onClick={() => redo(session)}
      >
        <Redo2 size={16} />
      </IconButton>
    </span>
  );
}

function RunButton({ published }: { published: number | null }) {
  const session = useSession();
  const open = (source: 'draft' | 'published') => session.ui.setState({ dialog: { kind: 'run', source } });
  const again = useRunAgain();
  const trigger = (
    <Button shape="icon" aria-label="Choose what to run" className="-ml-px rounded-l-none">
      <ChevronDown size={14} />
    </Button>
  );
  return (
    <span className="flex flex-none">
      <Button
        icon={<Play size={14} />}
        keys={withCommand('↵')}
        className="rounded-r-none"
        onClick={() => open('draft')}
      >
        Run
      </Button>
      <Menu trigger={trigger}>
        <MenuItem keys={withCommand('↵')} onSelect={() => open('draft')}>
          Test run of the draft
        </MenuItem>
        <MenuItem disabled={again.busy} onSelect={again.run}>
          Run again with the last input
        </MenuItem>
        <MenuItem disabled={published === null} onSelect={() => open('published')}>
          {published === null ? 'Run the published version (none yet)' : `Run version ${published}`}
        </MenuItem>
      </Menu>
    </span>
  );
}
