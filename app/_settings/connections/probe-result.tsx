import { CircleAlert, CircleCheck } from 'lucide-react';
import { plural } from '#app/_ui/format.ts';
import type { RouterOutputs } from '#server/api/root.ts';

export type Tried = RouterOutputs['connections']['test'];

/** What came of testing a connection: that it answers, or what is wrong and what to do. */
export function ProbeResult({ tried, failure }: { tried: Tried | undefined; failure: string | null }) {
  const wrong = failure ?? (tried && !tried.ok ? tried.message : null);
  if (!tried && !wrong) return null;
  return (
    <p
      role={wrong ? 'alert' : 'status'}
      className={`flex items-start gap-1.5 rounded-control px-2.5 py-2 text-12 ${wrong ? 'bg-st-failed-soft text-st-failed' : 'bg-st-done-soft text-st-done'}`}
    >
      {wrong ? (
        <CircleAlert size={14} className="mt-0.5 flex-none" />
      ) : (
        <CircleCheck size={14} className="mt-0.5 flex-none" />
      )}
      <span className="min-w-0 wrap-anywhere">
        {wrong ?? (tried ? `It answers, after ${tried.ms} ms, and has ${plural(tried.models.length, 'model')}.` : '')}
      </span>
    </p>
  );
}
