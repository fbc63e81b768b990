import type { Json } from '#nodes/core/json.ts';
import type { NodeCase } from '#nodes/testing/node-case.ts';

const fields: Json = [
  { name: 'leads', title: 'Leads', type: 'file' },
  { name: 'days', type: 'integer', default: 30 },
  { name: 'note', type: 'multiline', required: false },
];

export default [
  {
    title: 'gives what the form says, with the default of what is left empty',
    config: { fields },
    inputs: (world) => ({ leads: world.file('leads.csv', 'name\n'), days: null, note: '' }),
    ends: { outcome: 'fired' },
  },
  { title: 'a form without fields starts too', inputs: {}, ends: { outcome: 'fired' } },
  {
    title: 'a required field that is empty is refused',
    config: { fields },
    inputs: {},
    ends: { code: 'INPUT_INVALID' },
  },
  {
    title: 'a field that the form does not have is refused',
    config: { fields: [] },
    inputs: { lead: 'x' },
    ends: { code: 'INPUT_INVALID' },
  },
] satisfies NodeCase[];
