'use client';
import { Check, Hand } from 'lucide-react';
import { Button } from '#app/_ui/button.tsx';
import { useKeys } from '#app/_ui/keys.ts';
import type { ReviewRequest, TaskView } from '#server/inbox/types.ts';
import { Review } from './review.tsx';
import type { Deciding } from './use-decide.ts';

/** A task of the kind review: the pipeline is released, or stays held. */
export function ReviewTask({
  task,
  request,
  deciding,
}: {
  task: TaskView;
  request: ReviewRequest;
  deciding: Deciding;
}) {
  const open = task.status === 'open';
  const held = task.decision?.kind === 'choice' && task.decision.choice === 'keep-held';
  const choose = (choice: 'release' | 'keep-held') => () => void (deciding.busy || deciding.review(task, choice));
  useKeys({ r: choose('release'), h: choose('keep-held') }, open);
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Review task={task} request={request} />
      </div>
      {(open || held) && (
        <footer className="flex min-h-[49px] flex-none items-center gap-2 border-t border-line px-6 py-2 max-phone:grid max-phone:grid-cols-2 max-phone:px-4 max-phone:[&_button]:h-11">
          <Button
            variant="primary"
            size="lg"
            keys="R"
            busy={deciding.busy}
            icon={<Check size={16} />}
            onClick={choose('release')}
          >
            {request.hold ? 'Release' : 'Reviewed'}
          </Button>
          {open && request.hold && (
            <Button size="lg" keys="H" disabled={deciding.busy} icon={<Hand size={14} />} onClick={choose('keep-held')}>
              Keep it held
            </Button>
          )}
        </footer>
      )}
    </>
  );
}
