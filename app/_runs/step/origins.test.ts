import { describe, expect, it } from 'vitest';
import { originsOf, originText } from './origins.ts';

const titleOf = (id: string) => ({ draft: 'Draft outreach', recall: 'Recall history' })[id] ?? id;

describe('where an input came from', () => {
  it.each([
    [{ kind: 'value', value: 3 } as const, 'fixed value'],
    [{ kind: 'expr', expr: 'nodes.draft.subject' } as const, 'Draft outreach'],
    [{ kind: 'expr', expr: 'nodes.?draft.?subject.orValue("")' } as const, 'Draft outreach'],
    [{ kind: 'expr', expr: 'nodes["recall"].hits' } as const, 'Recall history'],
    [{ kind: 'expr', expr: 'run.input.leads' } as const, 'run input'],
    [{ kind: 'expr', expr: 'item.company' } as const, 'the item'],
    [{ kind: 'expr', expr: '1 + 2' } as const, 'fixed value'],
    [{ kind: 'template', template: 'To {{ item.name }}: {{ nodes.draft.body }}' } as const, 'Draft outreach, the item'],
    [{ kind: 'template', template: 'nodes.draft is only text here' } as const, 'fixed value'],
    [{ kind: 'prompt', prompt: 'p', values: { who: 'item.name' } } as const, 'the item'],
    [undefined, 'default'],
  ])('%j comes from %s', (binding, text) => {
    expect(originText(binding, titleOf)).toBe(text);
  });

  it('names each node once and does not take a member called item for the item of the loop', () => {
    expect(originsOf({ kind: 'expr', expr: 'nodes.draft.item + nodes.draft.body' })).toEqual([
      { kind: 'node', id: 'draft' },
    ]);
  });
});
