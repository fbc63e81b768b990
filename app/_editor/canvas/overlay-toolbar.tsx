'use client';
import { Activity, CircleDollarSign, Eye, type LucideIcon, Timer, TriangleAlert } from 'lucide-react';
import { useSession, useUi } from '../session/context.ts';
import type { Overlay } from '../session/ui-store.ts';

const overlays: { name: Overlay; title: string; key: string; icon: LucideIcon }[] = [
  { name: 'live', title: 'Live', key: 'L', icon: Activity },
  { name: 'spend', title: 'Spend', key: 'S', icon: CircleDollarSign },
  { name: 'time', title: 'Time', key: 'T', icon: Timer },
  { name: 'trust', title: 'Trust', key: 'U', icon: Eye },
  { name: 'risk', title: 'Risk', key: 'R', icon: TriangleAlert },
];

/** What the cards show on top: one key each, several may be on. */
export function OverlayToolbar() {
  const session = useSession();
  const on = useUi((ui) => ui.overlays);
  return (
    <div className="sg-float sg-overlays" role="toolbar" aria-label="Overlays">
      {overlays.map(({ name, title, key, icon: Icon }) => (
        <button
          key={name}
          type="button"
          aria-pressed={on[name]}
          onClick={() => session.ui.setState({ overlays: { ...on, [name]: !on[name] } })}
        >
          <Icon size={14} strokeWidth={1.9} aria-hidden="true" />
          <span>{title}</span>
          <kbd>{key}</kbd>
        </button>
      ))}
    </div>
  );
}
