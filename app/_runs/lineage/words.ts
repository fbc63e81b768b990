import { bytes } from '#app/_ui/format.ts';
import type { LineageNode, ValueRef } from '#server/lineage/types.ts';
import type { Row } from './tree.ts';

/** What a line says: what it is, more of it, and what it was in short. */
export type Words = { title: string; detail: string; text: string };

/** What a part of a value is called: `/items/3/value` is "items › 4 › value". */
export function partName(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part))
    .join(' › ');
}

/** The words of one line. `titleOf` names a node of the run that is looked at. */
export function wordsOf({ node, step }: Row, titleOf: (state: string) => string): Words {
  switch (node.kind) {
    case 'value':
      return { ...ofValue(node.ref, step?.title ?? null, titleOf), text: node.preview ?? '' };
    case 'step':
      return { title: node.title, detail: node.outcome ?? '', text: '' };
    case 'prompt':
      return {
        title: node.repair ? 'Repair prompt' : 'Prompt',
        detail: node.sha256.slice(0, 8),
        text: node.of.map(({ title, sha256 }) => `${title}, as it was at ${sha256.slice(0, 8)}`).join('; '),
      };
    case 'model': {
      const cites = node.cites.map(({ number }) => `[${number}]`).join(' ');
      return { title: node.model, detail: node.provider, text: cites === '' ? '' : `It cites ${cites}` };
    }
    case 'recall':
      return { title: 'Recall', detail: node.vectors ? '' : 'full text only', text: node.query };
    case 'document': {
      const title = `[${node.number}] ${node.source || node.itemKind}`;
      return { title, detail: node.cited ? 'cited' : 'not cited', text: node.preview ?? '' };
    }
    case 'rule':
      return {
        title: node.name,
        detail: node.deciding ? 'decided' : 'does not apply',
        text: node.message || node.expr,
      };
    case 'risk':
      return { title: 'Risk', detail: `${node.total}, asks from ${node.threshold}`, text: '' };
    case 'person':
      return { title: node.by, detail: `${node.decision}${node.edited ? ', edited' : ''}`, text: node.reason ?? '' };
    case 'record':
      return { title: `${node.type} ${node.key}`, detail: `version ${node.version}`, text: node.changed.join(', ') };
    case 'request':
      return { title: `${node.method} ${node.url}`, detail: String(node.status), text: '' };
    case 'file':
      return { title: node.name, detail: bytes(node.bytes), text: '' };
    case 'effect':
      return { title: node.effect, detail: '', text: node.key };
    case 'pinned':
      return pinned(node);
    case 'held': {
      const where = node.session === null ? 'in this run' : `in the session ${node.session}`;
      return { title: `${node.name} at hand`, detail: node.by === null ? '' : `put there by ${node.by}`, text: where };
    }
    case 'run':
      return { title: `Run R-${node.ref}`, detail: node.pipelineName, text: `Started by ${titleOf(node.trigger)}` };
    case 'more':
      return { title: `${node.count} more`, detail: '', text: moreWords[node.why] };
    default:
      return node satisfies never;
  }
}

function pinned({ by, from }: Extract<LineageNode, { kind: 'pinned' }>): Words {
  const text = 'It did not run: ';
  if (from) return { title: 'Not run', detail: '', text: `${text}what it gave in another run stood in` };
  return { title: 'Pinned', detail: by === null ? '' : `by ${by}`, text: `${text}a pinned value stood in` };
}

const moreWords: Record<(LineageNode & { kind: 'more' })['why'], string> = {
  items: 'Ask for one item to see where it comes from',
  depth: 'It goes on further back',
  size: 'Too much to show at once',
};

function ofValue(ref: ValueRef, title: string | null, titleOf: (state: string) => string): Omit<Words, 'text'> {
  const detail = partName(ref.pointer);
  switch (ref.of) {
    case 'output':
      return { title: title ?? titleOf(ref.at.state), detail };
    case 'input':
      return { title: `Input of ${titleOf(ref.at.state)}`, detail };
    case 'item':
      return { title: `Item ${ref.index + 1} of ${title ?? titleOf(ref.at.state)}`, detail };
    case 'result':
      return { title: `Result ${ref.index + 1} of ${titleOf(ref.at.state)}`, detail };
    case 'run-input':
      return { title: 'Run input', detail };
  }
}
