import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { searchGraph } from './search-graph.ts';

const graph: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'x',
  nodes: [
    {
      id: 'send',
      type: 'email.send',
      version: 1,
      title: 'Send the offer',
      comment: 'Never on Sundays',
      position: { x: 300, y: 0 },
      inputs: {
        to: { kind: 'expr', expr: 'nodes.lead.email' },
        text: { kind: 'template', template: 'Dear {{ nodes.lead.name }},\n\nwe would be glad to hear from you.' },
      },
    },
    { id: 'check', type: 'policy.check', version: 1, config: { rules: [{ when: 'amount > 1000', name: 'Large' }] } },
  ],
  edges: [],
  notes: [{ id: 'n', text: 'Dear colleague', position: { x: 0, y: 0 } }],
  groups: [{ id: 'g', title: 'Outreach', nodes: ['send'] }],
});
const found = (query: string) => searchGraph(graph, query).map(({ flowId, field }) => [flowId, field]);

describe('find in the drawing', () => {
  it('finds what a prompt says at each node that it is given to', () => {
    const [send] = graph.nodes;
    const said: Graph = {
      ...graph,
      nodes: [{ ...send!, inputs: { text: { kind: 'prompt', prompt: 'p', values: { who: 'nodes.lead.name' } } } }],
      prompts: [{ id: 'p', title: 'Greeting', text: 'Warm regards, {{ who }}', variables: [] }],
    };
    const fields = (query: string) => searchGraph(said, query).map(({ flowId, field, at }) => [flowId, field, at]);
    expect(fields('warm regards')).toEqual([['send', 'Text of the prompt', 'inputs.text']]);
    expect(fields('greeting')).toEqual([['send', 'Name of the prompt', 'inputs.text']]);
    expect(fields('lead.name')).toEqual([['send', 'Text', 'inputs.text']]);
  });

  it.each([
    ['offer', [['send', 'Name']]],
    ['EMAIL.SEND', [['send', 'Type']]],
    ['lead.email', [['send', 'To']]],
    [
      'dear',
      [
        ['note:n', 'Text'],
        ['send', 'Text'],
      ],
    ],
    ['1000', [['check', 'Rules']]],
    ['sunday', [['send', 'Comment']]],
    ['outreach', [['group:g', 'Title of the group']]],
    ['nothing like it', []],
    ['  ', []],
  ])('%s', (query, hits) => {
    expect(found(query)).toEqual(hits);
  });

  it('shows where it stands, with what is around it', () => {
    expect(searchGraph(graph, 'GLAD')[0]).toMatchObject({
      name: 'Send the offer',
      at: 'inputs.text',
      snippet: { before: '…ear {{ nodes.lead.name }}, we would be ', match: 'glad', after: ' to hear from you.' },
    });
  });

  it('looks through five thousand nodes while a letter is typed', () => {
    const [first] = graph.nodes;
    const nodes = Array.from({ length: 5_000 }, (_, at) => ({ ...first, id: `n${at}` }) as Graph['nodes'][0]);
    searchGraph({ ...graph, nodes }, 'dear');
    const before = performance.now();
    expect(searchGraph({ ...graph, nodes }, 'glad').length).toBe(2_000);
    expect(performance.now() - before).toBeLessThan(150);
  });
});
