'use client';
import { StatusIcon } from '#app/_ui/status-icon.tsx';
import { useUi } from '../session/context.ts';

/** Says what takes a while. */
export function BusyMark() {
  const busy = useUi((ui) => ui.busy);
  return busy === null ? null : (
    <div className="sg-float sg-busy" role="status">
      <StatusIcon status="running" />
      {busy} …
    </div>
  );
}
