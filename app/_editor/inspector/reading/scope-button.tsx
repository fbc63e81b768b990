'use client';
import { ListTree } from 'lucide-react';
import { cn } from '#app/_ui/cn.ts';
import { useModKey } from '#app/_ui/mod-key.ts';
import { useFieldsState } from './context.ts';
import type { ActiveHandle } from './use-active-field.ts';

/** Shows or hides what a field can read. */
export function ScopeButton({ active }: { active: ActiveHandle }) {
  const key = useModKey('I');
  const open = useFieldsState((state) => state.panel && state.active?.address === active.address);
  return (
    <button
      type="button"
      aria-label={`What ${active.label} may read`}
      aria-expanded={open}
      title={`What may be read here (${key} while writing)`}
      onClick={active.toggle}
      className={cn(
        'grid size-6 flex-none place-items-center rounded-[5px] text-fg-3 hover:bg-hover hover:text-fg max-phone:size-9',
        open && 'bg-accent-soft text-accent-text',
      )}
    >
      <ListTree size={13} strokeWidth={1.9} aria-hidden="true" />
    </button>
  );
}
