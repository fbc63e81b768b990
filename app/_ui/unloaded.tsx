'use client';
import { RotateCw, WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { buttonLook } from './button-look.ts';
import { cn } from './cn.ts';
import { fetchMissing } from './lazy-store.ts';

/** Stands in the place of a part that cannot be fetched for now. */
export function UnloadedHere() {
  return <Note className="m-3" />;
}

/** Told once at the foot of the page, however many parts that have no place of their own cannot be fetched. */
export function Unloaded() {
  const [shows, setShows] = useState(false);
  useEffect(() => {
    tell.push(setShows);
    tell[0]?.(true);
    return () => {
      tell.splice(tell.indexOf(setShows), 1);
      tell[0]?.(true);
    };
  }, []);
  if (!shows) return null;
  return createPortal(
    <Note className="fixed bottom-4 left-1/2 z-[70] w-[min(420px,calc(100vw-24px))] -translate-x-1/2 shadow-pop" />,
    document.body,
  );
}

const tell: ((shows: boolean) => void)[] = [];

function Note({ className }: { className: string }) {
  return (
    <div
      role="status"
      data-unloaded
      className={cn('flex items-center gap-2 rounded-card border border-line bg-panel px-3 py-2 text-12', className)}
    >
      <WifiOff size={14} className="flex-none text-st-waiting" aria-hidden="true" />
      <p className="min-w-0 flex-1">
        <b className="font-medium">This part could not be loaded.</b>{' '}
        <span className="text-fg-2">It comes by itself once the server answers.</span>
      </p>
      {/* Plain: a Button has a tooltip, which is such a part itself. */}
      <button type="button" onClick={fetchMissing} className={buttonLook({ size: 'sm' })}>
        <RotateCw size={14} aria-hidden="true" />
        Try again
      </button>
    </div>
  );
}
