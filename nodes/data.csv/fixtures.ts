import type { NodeCase } from '#nodes/testing/node-case.ts';

export default [
  {
    title: 'reads a file',
    config: { columns: ['name'] },
    inputs: (world) => ({ file: world.file('leads.csv', 'name,city\nMaria,Berlin\n') }),
    ends: { outcome: 'ok' },
  },
  { title: 'reads text', inputs: { file: 'name;city\nMaria;Berlin\n' }, ends: { outcome: 'ok' } },
  {
    title: 'refuses a file without a needed column',
    config: { columns: ['email'] },
    inputs: { file: 'name,city\nMaria,Berlin\n' },
    ends: { code: 'INPUT_INVALID' },
  },
  {
    title: 'refuses a row with too few values',
    inputs: { file: 'name,city\nMaria\n' },
    ends: { code: 'FILE_UNREADABLE' },
  },
  {
    title: 'refuses more rows than allowed',
    config: { maxRows: 1 },
    inputs: { file: 'name,city\nMaria,Berlin\nThomas,London\n' },
    ends: { code: 'TOO_LARGE' },
  },
  {
    title: 'says when the file is gone',
    inputs: { file: { kind: 'file', id: 'gone', name: 'leads.csv', mime: 'text/csv', bytes: 1 } },
    ends: { code: 'FILE_NOT_FOUND' },
  },
] satisfies NodeCase[];
