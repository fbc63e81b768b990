'use client';
import { X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import type { Json } from '#nodes/core/json.ts';
import { useGraph } from '../../session/context.ts';
import { useNode } from '../node-context.ts';
import { useFields, useFieldsState } from './context.ts';
import type { ActiveField } from './fields.ts';
import { scopeRoots, searchEntries } from './scope-tree.ts';
import { ScopeTree } from './scope-tree-view.tsx';
import { useReadValues } from './use-read-values.ts';
import { sourceText } from './values-for.ts';

const searchFrom = 6;
const height = 440;

/** Beside the inspector: what the field that is edited may read, to be put into it. Follows from field to field while it is open. */
export function ScopePanel() {
  const active = useFieldsState((state) => (state.panel ? state.active : null));
  return active ? <Panel active={active} /> : null;
}

function Panel({ active }: { active: ActiveField }) {
  const { store } = useFields();
  const { node } = useNode();
  const isConfig = active.scopeKey.endsWith(' config');
  const field = isConfig
    ? ({ kind: 'config', nodeId: node.id } as const)
    : ({ kind: 'input', nodeId: node.id, input: active.address.split('.')[1] ?? '' } as const);
  const scope = useFieldsState(({ scopes }) => scopes[active.scopeKey] ?? null);
  const read = useReadValues(field);
  const titles = useTitles();
  const [search, setSearch] = useState('');
  const roots = useMemo(
    () =>
      scope
        ? scopeRoots({
            variables: scope.variables,
            outcomes: scope.outcomes,
            values: read?.run && !isConfig ? (read.values as unknown as { [name: string]: Json }) : {},
            titleOf: (id) => titles[id],
          })
        : [],
    [scope, read, titles, isConfig],
  );
  const found = useMemo(() => (search.trim() === '' ? null : searchEntries(roots, search)), [roots, search]);
  const close = () => {
    store.setState({ panel: false });
    active.focus();
  };
  const panel = useRef<HTMLElement>(null);
  useFocusOnOpen(panel);
  return (
    <section
      ref={panel}
      aria-label={`What ${active.label} may read`}
      className="sg-scope fade-in flex flex-col overflow-hidden rounded-float border border-line-strong bg-raised shadow-pop"
      style={
        {
          '--scope-top': `${Math.max(56, Math.min(active.top - 8, window.innerHeight - height - 16))}px`,
          maxHeight: height,
        } as React.CSSProperties
      }
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <header className="flex items-center gap-2 border-b border-line py-1.5 pr-1.5 pl-3">
        <div className="min-w-0 flex-1">
          <h3 className="truncate text-12 font-semibold">{active.label} may read</h3>
          <p className="truncate text-11 text-fg-3">
            {read?.run && !isConfig ? `Values ${sourceText(read)}` : 'Click or Enter inserts it'}
          </p>
        </div>
        <IconButton label="Close" size="sm" onClick={close}>
          <X size={14} />
        </IconButton>
      </header>
      {(roots.length > searchFrom || search !== '') && (
        <div className="border-b border-line p-2">
          <SearchInput label="Find what may be read" value={search} onChange={setSearch} />
        </div>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto p-1">
        {scope && roots.length === 0 && (
          <p className="p-2 text-12 text-fg-3">
            {isConfig ? 'Bind an input of this node first.' : 'Nothing yet. Connect the node first.'}
          </p>
        )}
        {found?.length === 0 && <p className="p-2 text-12 text-fg-3">Nothing here is called “{search}”.</p>}
        <ScopeTree roots={found ?? roots} flat={found !== null} onPick={(entry) => active.insert(entry)} />
      </div>
    </section>
  );
}

function useTitles(): Record<string, string> {
  const nodes = useGraph((graph) => graph.nodes);
  return useMemo(
    () => Object.fromEntries(nodes.map(({ id, title, type }) => [id, title || definitions.get(type)?.title || type])),
    [nodes],
  );
}

/** The keyboard goes where the panel opens. */
function useFocusOnOpen(panel: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('input, [role="treeitem"]')?.focus({ preventScroll: true });
  }, [panel]);
}
