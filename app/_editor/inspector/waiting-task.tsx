'use client';
import { Inbox } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useDecide } from '#app/_inbox/use-decide.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { lazyPart } from '#app/_ui/lazy-part.ts';
import { UnloadedHere } from '#app/_ui/unloaded.tsx';
import { useSession } from '../session/context.ts';

const TaskDetail = lazyPart(async () => (await import('#app/_inbox/task-detail.tsx')).TaskDetail, UnloadedHere);

/** A step that waits for the operator: the proposal is one click away, and so is the inbox. */
export function WaitingTask({ taskId }: { taskId: string }) {
  const session = useSession();
  const [open, setOpen] = useState(false);
  const deciding = useDecide(() => setOpen(false));
  return (
    <div className="flex items-center gap-2 border-b border-line bg-st-waiting-soft px-4 py-2 text-12">
      <span className="flex-1 font-medium text-st-waiting">It waits for you.</span>
      <Button size="sm" variant="primary" onClick={() => setOpen(true)}>
        Review
      </Button>
      <Button asChild size="sm" variant="ghost" shape="icon">
        <Link
          href={`/p/${session.projectId}/inbox?task=${taskId}`}
          aria-label="Open in the inbox"
          title="Open in the inbox"
        >
          <Inbox size={14} />
        </Link>
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Decide"
        className="top-[6vh] h-[88vh] max-h-none w-[min(960px,calc(100vw-24px))]"
      >
        <div className="-mx-4 -mb-4 flex h-[calc(100%+16px)] min-h-0 flex-col border-t border-line">
          {open && <TaskDetail taskId={taskId} position={null} deciding={deciding} onMove={() => {}} />}
        </div>
      </Dialog>
    </div>
  );
}
