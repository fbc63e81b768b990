'use client';
import { AccessCard } from '#app/_access/access-card.tsx';
import { buttonLook } from '#app/_ui/button-look.ts';

/** Stands where a page failed while it was drawn: says so, keeps the reference for the log, and lets the operator go on. */
export default function PageFailed({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <AccessCard
      title="This page failed"
      lead="Nothing that runs is touched by it. Try again; if it stays, look into the server log."
    >
      <p className="mb-4 font-mono text-11 break-words text-fg-3">
        {error.message}
        {error.digest && ` (${error.digest})`}
      </p>
      <button type="button" className={buttonLook({ variant: 'primary' })} onClick={reset}>
        Try again
      </button>
    </AccessCard>
  );
}
