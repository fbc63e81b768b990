/** One of the states that a pipeline has or had: what two are compared by, as the address names them. */
export type StateRef =
  | { kind: 'draft' }
  | { kind: 'version'; number: number }
  /** A kept save of the draft. */
  | { kind: 'save'; id: string }
  /** The graph that a run went through. */
  | { kind: 'run'; id: string };

/** What the history shows beside its list. */
export type Shown = { kind: 'list' } | { kind: 'one'; at: StateRef } | { kind: 'two'; from: StateRef; to: StateRef };

/** Reads `draft`, `v3`, `save-…` or `run-…`; null for anything else. */
export function readRef(text: string | null): StateRef | null {
  if (text === 'draft') return { kind: 'draft' };
  const [, number] = /^v([1-9]\d{0,8})$/.exec(text ?? '') ?? [];
  if (number !== undefined) return { kind: 'version', number: Number(number) };
  const [, kind, id] = /^(save|run)-([0-9a-f-]{1,64})$/.exec(text ?? '') ?? [];
  return id === undefined ? null : { kind: kind === 'run' ? 'run' : 'save', id };
}

/** The other way round. */
export function writeRef(ref: StateRef): string {
  switch (ref.kind) {
    case 'draft':
      return 'draft';
    case 'version':
      return `v${ref.number}`;
    case 'save':
    case 'run':
      return `${ref.kind}-${ref.id}`;
  }
}

/** What the address asks for: `?from=v3&to=draft`, `?at=v3`, or nothing. */
export function readShown(search: URLSearchParams): Shown {
  const at = readRef(search.get('at'));
  if (at) return { kind: 'one', at };
  const [from, to] = [readRef(search.get('from')), readRef(search.get('to'))];
  return from && to ? { kind: 'two', from, to } : { kind: 'list' };
}

/** Address of the history of a pipeline, showing this. */
export function historyAddress(ids: { projectId: string; pipelineId: string }, shown: Shown): string {
  const path = `/p/${ids.projectId}/pipelines/${ids.pipelineId}/history`;
  switch (shown.kind) {
    case 'list':
      return path;
    case 'one':
      return `${path}?at=${writeRef(shown.at)}`;
    case 'two':
      return `${path}?from=${writeRef(shown.from)}&to=${writeRef(shown.to)}`;
  }
}
