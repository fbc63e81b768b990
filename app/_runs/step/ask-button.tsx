'use client';
import { Waypoints } from 'lucide-react';

/** Asks where a value comes from. `of`: what the value is called. */
export function AskButton({ of, onAsk }: { of: string; onAsk: () => void }) {
  const question = `Where does ${of} come from?`;
  return (
    <button
      type="button"
      onClick={onAsk}
      aria-label={question}
      title={question}
      className="ml-1 inline-grid size-5 place-items-center rounded-chip align-text-bottom text-fg-3 hover:bg-hover hover:text-accent-text max-phone:size-8"
    >
      <Waypoints size={12} aria-hidden="true" />
    </button>
  );
}
