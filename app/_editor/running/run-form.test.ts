import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import {
  fieldOf,
  filesIn,
  firstValues,
  inputOf,
  jsonProblem,
  problemsOf,
  type RunField,
  runForms,
  toRemember,
  withoutFiles,
} from './run-form.ts';

const graph: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'x',
  nodes: [
    { id: 'hook', type: 'trigger.webhook', version: 1, position: { x: 0, y: 200 } },
    {
      id: 'start',
      type: 'trigger.manual',
      version: 1,
      config: {
        fields: [
          { name: 'leads', type: 'file', help: 'A CSV file.' },
          { name: 'days', title: 'Days', type: 'integer', default: 30 },
          { name: 'note', type: 'multiline', required: false },
        ],
      },
    },
  ],
  edges: [],
});
const [manual, webhook] = runForms(graph);
const fields = manual?.kind === 'fields' ? manual.fields : ([] as RunField[]);
const file = { kind: 'file', id: 'f', name: 'leads.csv', mime: 'text/csv', bytes: 1 };

describe('the form of a run', () => {
  it('has the fields of the trigger, or JSON where the trigger has none', () => {
    expect(fields.map(({ name, title, kind }) => [name, title, kind])).toEqual([
      ['leads', 'leads', 'file'],
      ['days', 'Days', 'integer'],
      ['note', 'note', 'multiline'],
    ]);
    expect(webhook).toMatchObject({ kind: 'json', trigger: 'hook' });
  });

  it('begins with what was given last time, files that are still stored included', () => {
    expect(firstValues(fields, { leads: file, days: 7 })).toEqual({ leads: file, days: 7, note: null });
    expect(firstValues(fields, {})).toEqual({ leads: null, days: 30, note: null });
    const remembered = toRemember(fields, { leads: file, days: 7, note: null });
    expect(remembered).toEqual({ leads: file, days: 7, note: null });
    expect(filesIn(remembered)).toEqual(['f']);
    expect(withoutFiles(remembered, ['f'])).toEqual({
      values: { leads: null, days: 7, note: null },
      notes: { leads: 'leads.csv is not stored any more. Choose it again.' },
    });
  });

  it('asks of a webhook for the body alone, beginning with a sample of what it takes', () => {
    expect(webhook).toMatchObject({ example: { email: 'maria@example.test' }, rest: { query: {} } });
    const taking = structuredClone(graph);
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    taking.nodes[0] = { ...(taking.nodes[0] as Graph['nodes'][number]), config: { schema } };
    const form = runForms(taking)[1];
    if (form?.kind !== 'json') throw new Error('It takes JSON.');
    expect(form.example).toEqual({ n: 0 });
    expect(jsonProblem(form.type, { n: 'x' })).toContain('n: expected');
    expect(jsonProblem(form.type, { n: 1 })).toBeNull();
  });

  it('says what is missing or wrong, and leaves out what is empty', () => {
    expect(problemsOf(fields, { leads: null, days: 1.5 })).toEqual({
      leads: 'Choose a file for leads.',
      days: 'Days is a whole number.',
    });
    const one = (kind: RunField['kind'], value: string) =>
      problemsOf([{ name: 'x', title: 'X', help: '', required: true, kind, options: ['a'], fallback: null }], {
        x: value,
      });
    expect(one('email', 'maria').x).toContain('e-mail address');
    expect(one('date', 'today').x).toContain('date');
    expect(one('choice', 'b').x).toBe('X is one of: a.');
    expect(one('email', 'maria@example.com')).toEqual({});
    expect(fieldOf(fields, 'Days (days) must be a whole number.')).toBe('days');
    expect(fieldOf(fields, 'The pipeline is disabled.')).toBeNull();
    expect(inputOf(fields, { leads: file, days: 7, note: '' })).toEqual({ leads: file, days: 7 });
  });
});
