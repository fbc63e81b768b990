import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { firstValues, inputOf, problemsOf, type RunField, runForms, toRemember } from './run-form.ts';

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

  it('begins with what was given last time, files left out', () => {
    expect(firstValues(fields, { leads: file, days: 7 })).toEqual({ leads: null, days: 7, note: null });
    expect(firstValues(fields, {})).toEqual({ leads: null, days: 30, note: null });
    expect(toRemember(fields, { leads: file, days: 7, note: null })).toEqual({ days: 7, note: null });
  });

  it('says what is missing or wrong, and leaves out what is empty', () => {
    expect(problemsOf(fields, { leads: null, days: 1.5 })).toEqual({
      leads: 'Choose a file for leads.',
      days: 'Days is a whole number.',
    });
    expect(inputOf(fields, { leads: file, days: 7, note: '' })).toEqual({ leads: file, days: 7 });
  });
});
