'use client';
import { LayoutGrid, ListTodo, SlidersHorizontal } from 'lucide-react';
import { cn } from '#app/_ui/cn.ts';
import { useProblems, useSession, useUi } from './session/context.ts';
import type { UiState } from './session/ui-store.ts';

const sheets: { name: NonNullable<UiState['sheet']>; title: string; icon: typeof LayoutGrid }[] = [
  { name: 'library', title: 'Library', icon: LayoutGrid },
  { name: 'inspector', title: 'Inspector', icon: SlidersHorizontal },
  { name: 'dock', title: 'Problems and run', icon: ListTodo },
];

/** On a narrow screen: the panels as sheets over the canvas. */
export function PhoneTabs() {
  const session = useSession();
  const sheet = useUi((ui) => ui.sheet);
  const problems = useProblems(({ diagnostics }) => diagnostics.length);
  return (
    <nav aria-label="Panels" className="hidden grid-cols-3 border-t border-line bg-panel max-phone:grid">
      {sheets.map(({ name, title, icon: Icon }) => (
        <button
          key={name}
          type="button"
          aria-pressed={sheet === name}
          className={cn(
            'grid min-h-11 place-items-center content-center gap-0.5 text-11 font-medium text-fg-2',
            sheet === name && 'text-accent-text',
          )}
          onClick={() => session.ui.setState({ sheet: sheet === name ? null : name })}
        >
          <Icon size={18} strokeWidth={1.9} aria-hidden="true" />
          {name === 'dock' && problems > 0 ? `${title} (${problems})` : title}
        </button>
      ))}
    </nav>
  );
}
