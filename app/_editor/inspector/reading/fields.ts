import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAtEnd } from '#nodes/core/compile/flow.ts';
import type { FieldScope, ReadingField } from '#nodes/core/compile/inspect.ts';
import type { NodeKind } from '#nodes/core/define-node.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import type { FieldWorker } from '../../code/worker/client.ts';
import { fieldLanguageOver } from '../../code/worker/client.ts';
import type { FieldLanguage } from '../../code/worker/protocol.ts';
import type { EditorSession } from '../../session/session.ts';
import type { ScopeEntry } from './scope-tree.ts';

/** The field that is being edited, as others see it. */
export type ActiveField = {
  /** As problems name it: `inputs.to`. */
  address: string;
  label: string;
  scopeKey: string;
  /** What may be read is written so; `bind`: it becomes what the input is bound to. */
  into: 'cel' | 'template' | 'bind';
  insert: (entry: ScopeEntry) => void;
  focus: () => void;
  /** Where it stands on the screen. */
  top: number;
};

export type FieldsState = {
  /** What fields can read, by `scopeKey`. */
  scopes: Readonly<Record<string, FieldScope>>;
  active: ActiveField | null;
  /** Whether what can be read is shown beside. */
  panel: boolean;
  /** Which item is looked at, by its For each or Repeat. */
  items: Readonly<Record<string, number>>;
};

/** What the fields of the inspector share: what they can read, which one is edited. Framework-free. */
export type Fields = {
  store: StoreApi<FieldsState>;
  language: FieldLanguage;
  /** Keeps the scope of a field current until what is answered is called. */
  want: (key: string, field: ReadingField) => () => void;
  stop: () => void;
};

/** Fields of a node with the same key read the same. */
export function scopeKeyOf(field: ReadingField, kind: NodeKind): string {
  if (field.kind === 'config') return `${field.nodeId} config`;
  return `${field.nodeId} ${isAtEnd(kind, field.input) ? 'end' : 'before'}`;
}

export function createFields(session: Pick<EditorSession, 'document' | 'problems'>): Fields {
  const store = createStore<FieldsState>(() => ({ scopes: {}, active: null, panel: false, items: {} }));
  const { language, stop } = fieldLanguageOver(
    startWorker,
    async () => (await import('../../code/worker/fields.ts')).fields,
  );
  const wanted = new Map<string, { field: ReadingField; users: number }>();
  const load = async (key: string, field: ReadingField) => {
    const { graph } = session.document.store.getState();
    try {
      const scope = await language.scope(graph, field);
      const known = store.getState().scopes[key];
      if (known && JSON.stringify(known) === JSON.stringify(scope)) return;
      store.setState(({ scopes }) => ({ scopes: { ...scopes, [key]: scope } }));
    } catch (error) {
      console.warn('What a field can read is not known.', error);
    }
  };
  // After each compilation: the document has come to rest for a moment then.
  const unsubscribe = session.problems.store.subscribe(({ graph }, before) => {
    if (!graph || graph === before.graph) return;
    for (const [key, { field }] of wanted) if (mayReadOther(key, field, [before.graph, graph])) void load(key, field);
  });
  return {
    store,
    language,
    want(key, field) {
      const users = wanted.get(key)?.users ?? 0;
      wanted.set(key, { field, users: users + 1 });
      if (users === 0) void load(key, field);
      return () => {
        const left = (wanted.get(key)?.users ?? 1) - 1;
        if (left > 0) wanted.set(key, { field, users: left });
        else wanted.delete(key);
      };
    },
    stop() {
      unsubscribe();
      stop();
    },
  };
}

function startWorker(): FieldWorker {
  return new Worker(new URL('../../code/worker/fields.worker.ts', import.meta.url), { type: 'module' }) as FieldWorker;
}

/** What is bound to a node itself changes nothing of what its inputs can read: writing a prompt asks nothing again. */
function mayReadOther(key: string, { nodeId }: ReadingField, [before, after]: [Graph | null, Graph]): boolean {
  if (!before || !key.endsWith(' before') || before.edges !== after.edges) return true;
  if (before.nodes.length !== after.nodes.length) return true;
  return after.nodes.some(
    (node, at) => node !== before.nodes[at] && (node.id !== nodeId || !sameType(node, before.nodes[at])),
  );
}

function sameType(node: GraphNode, before: GraphNode | undefined): boolean {
  return node.id === before?.id && node.type === before.type && node.disabled === before.disabled;
}
