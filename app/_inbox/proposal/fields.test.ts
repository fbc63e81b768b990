import { describe, expect, it } from 'vitest';
import type { TaskRequest } from '#nodes/core/define-node.ts';
import { changesOf, fieldsOf, letterOf, proposalOf } from './fields.ts';
import { changeCount, wordDiff } from './word-diff.ts';

const request = (proposal: TaskRequest['proposal'], more: Partial<TaskRequest> = {}): TaskRequest => ({
  kind: 'approval',
  title: 'Send e-mail',
  subject: 'Maria Anders',
  proposal,
  proposalType: { type: 'any' },
  editable: true,
  reasons: [],
  risk: 0.5,
  timeoutMs: null,
  ...more,
});

describe('a proposal', () => {
  it('shows the members that the node names, in its order and with its titles', () => {
    const fields = fieldsOf(
      request(
        { body: 'Dear Maria', to: 'maria@example.test', discount: 5, urgent: true, lines: [1] },
        {
          proposalType: {
            type: 'object',
            properties: {
              to: { type: 'string' },
              body: { type: 'string', format: 'multiline' },
              discount: { type: 'number' },
              urgent: { type: 'boolean' },
              lines: { type: 'array', items: { type: 'any' } },
            },
            required: [],
            additional: null,
          },
          fields: ['to', 'body', 'discount', 'urgent', 'lines'].map((name) => ({
            name,
            title: name,
            editable: name !== 'to',
          })),
        },
      ),
    );
    expect(fields.map(({ name, kind, editable }) => [name, kind, editable])).toEqual([
      ['to', 'text', false],
      ['body', 'multiline', true],
      ['discount', 'number', true],
      ['urgent', 'boolean', true],
      ['lines', 'json', true],
    ]);
  });

  it('names its members by itself where the node does not', () => {
    const fields = fieldsOf(request({ nextContact: '24 Nov', free_text: 'a\nb', more: { a: 1 } }));
    expect(fields.map(({ title, kind }) => [title, kind])).toEqual([
      ['Next contact', 'text'],
      ['Free text', 'multiline'],
      ['More', 'json'],
    ]);
  });

  it('that is a bare value is shown as one', () => {
    expect(proposalOf(request('Do it'))).toEqual({ value: 'Do it' });
  });

  it('reads like a letter where it has a recipient, a subject and a text', () => {
    const fields = fieldsOf(request({ subject: 'Hello', reason: 'why', to: 'a@b.test', body: 'Dear A' }));
    const letter = letterOf(fields);
    expect(letter?.heading.map((field) => field.name)).toEqual(['to', 'subject']);
    expect(letter?.body.name).toBe('body');
    expect(letter?.rest.map((field) => field.name)).toEqual(['reason']);
    expect(letterOf(fieldsOf(request({ to: 'a@b.test', text: 'Dear A' })))).toBeNull();
  });

  it('tells which members were edited', () => {
    const fields = fieldsOf(request({ a: 'x', b: 'y' }));
    expect(changesOf(fields, { a: 'x', b: 'y' }, { a: 'x', b: 'z' })).toMatchObject([{ before: 'y', after: 'z' }]);
    expect(changesOf(fields, { a: 'x', b: 'y' }, { a: 'x', b: 'y' })).toEqual([]);
  });
});

describe('the changes of a text', () => {
  it('are shown word by word, and a replacement counts once', () => {
    const parts = wordDiff('We deliver on the 26th. Thanks', 'We deliver on Friday. Thanks');
    expect(parts.filter((part) => part.kind === 'removed').map((part) => part.text)).toEqual(['the 26th']);
    expect(parts.filter((part) => part.kind === 'added').map((part) => part.text)).toEqual(['Friday']);
    expect(changeCount(parts)).toBe(1);
    const joined = wordDiff('One A short word', 'One Call me, a short word');
    expect(joined.filter((part) => part.kind === 'added').map((part) => part.text)).toEqual(['Call me, a ']);
    expect(joined.map((part) => (part.kind === 'removed' ? '' : part.text)).join('')).toBe('One Call me, a short word');
    expect(changeCount(wordDiff('same', 'same'))).toBe(0);
    expect(changeCount(wordDiff('b c', 'a b c'))).toBe(1);
  });
});
