'use client';
import { Download, Ellipsis, Eye, GitCompareArrows, RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPCClient } from '#app/_api/trpc.ts';
import { useExport } from '#app/_pipelines/use-export.ts';
import { Button } from '#app/_ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx';
import { useSession } from '../../session/context.ts';
import { historyAddress, type Shown } from '../refs.ts';
import { useRestore } from '../use-restore.ts';
import type { Entry } from './entries.ts';

/** What can be done with a state of the pipeline. */
export function EntryMenu({ entry }: { entry: Entry }) {
  const session = useSession();
  const client = useTRPCClient();
  const router = useRouter();
  const exporting = useExport();
  const restore = useRestore();
  const { ref, before, version } = entry;
  const show = (shown: Shown) => router.replace(historyAddress(session, shown));
  const ids = { projectId: session.projectId, pipelineId: session.pipelineId };
  const onRestore = async () => {
    try {
      if (ref.kind === 'version')
        restore({
          label: `v${ref.number}`,
          graph: (await client.pipelines.version.query({ ...ids, number: ref.number })).graph,
        });
      if (ref.kind === 'save')
        restore({
          label: 'an earlier draft',
          graph: (await client.pipelines.draftAt.query({ ...ids, saveId: ref.id })).graph,
        });
    } catch (error) {
      sayFailure('Not restored')(error);
    }
  };
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="sm" shape="icon" aria-label={`More for ${entry.title}`} className="relative z-10">
          <Ellipsis size={14} />
        </Button>
      }
    >
      <MenuItem icon={<Eye size={14} />} onSelect={() => show({ kind: 'one', at: ref })}>
        Open, to look at
      </MenuItem>
      <MenuItem
        icon={<GitCompareArrows size={14} />}
        onSelect={() => show({ kind: 'two', from: ref, to: { kind: 'draft' } })}
      >
        Compare with the draft
      </MenuItem>
      <MenuItem
        icon={<GitCompareArrows size={14} />}
        disabled={before === null}
        onSelect={() => before && show({ kind: 'two', from: before, to: ref })}
      >
        Compare with the one before
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<RotateCcw size={14} />} onSelect={() => void onRestore()}>
        Restore to the draft
      </MenuItem>
      <MenuItem
        icon={<Download size={14} />}
        onSelect={() =>
          exporting.mutate({
            pipelineId: session.pipelineId,
            ...(version ? { version: version.number } : ref.kind === 'save' ? { saveId: ref.id } : {}),
          })
        }
      >
        Export to a file
      </MenuItem>
    </Menu>
  );
}
