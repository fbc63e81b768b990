import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { type Type, t } from '#nodes/core/types.ts';

export const csvDelimiters = ['auto', ',', ';', 'tab', '|'] as const;
export const csvEncodings = [
  'auto',
  'utf-8',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'euc-kr',
  'big5',
  'gb18030',
] as const;

const config = z.strictObject({
  columns: z
    .array(z.string().min(1).max(200))
    .max(500)
    .default([])
    .meta({ title: 'Columns', description: 'Columns the file must have. Others are read too.' }),
  header: z.boolean().default(true).meta({ title: 'First line names the columns' }),
  delimiter: z
    .enum(csvDelimiters)
    .default('auto')
    .meta({ title: 'Separator', description: 'auto finds it from the first lines.' }),
  encoding: z
    .enum(csvEncodings)
    .default('auto')
    .meta({ title: 'Encoding', description: 'auto finds it from the bytes.' }),
  maxRows: z.int().min(1).max(1_000_000).default(10_000).meta({ title: 'Most rows', description: 'More is refused.' }),
  maxBytes: z
    .int()
    .min(1)
    .max(200_000_000)
    .default(20_000_000)
    .meta({ title: 'Largest file', description: 'In bytes.' }),
});
export type Config = z.infer<typeof config>;

const rowType = ({ columns }: Config): Type =>
  t.object(Object.fromEntries(columns.map((name) => [name, t.string()])), columns, t.string());

export default defineNode<Config>({
  type: 'data.csv',
  version: 1,
  title: 'Read CSV',
  description: 'Reads a table from a CSV file or text. Finds the separator and the encoding by itself.',
  category: 'data',
  icon: 'table',
  kind: 'task',
  config,
  inputs: () => ({
    file: {
      type: t.union(t.file(), t.string()),
      title: 'File',
      description: 'A CSV file, or its text.',
      required: true,
    },
  }),
  outcomes: (settings) => ({
    ok: t.object({
      rows: t.array(rowType(settings)),
      columns: t.array(t.string()),
      count: t.integer(),
      delimiter: t.string(),
      encoding: t.string(),
    }),
  }),
  summary: ({ columns, maxRows }) =>
    `${columns.length > 0 ? `Needs ${columns.slice(0, 4).join(', ')}${columns.length > 4 ? ', …' : ''}` : 'Any columns'}; up to ${maxRows} rows`,
  effect: 'read',
  reversible: true,
  risk: 0,
  trust: 'inherit',
  capabilities: ['files'],
  spends: null,
  check: ({ columns }) =>
    columns.flatMap((name, index) =>
      columns.indexOf(name) === index
        ? []
        : [{ field: `columns[${index}]`, message: `Column "${name}" is listed twice. Remove one.` }],
    ),
  retry: null,
  timeoutMs: 60_000,
  errors: ['FILE_NOT_FOUND', 'FILE_UNREADABLE', 'TOO_LARGE'],
  example: {
    config: { columns: ['name', 'email'] },
    inputs: { file: 'name,email\nMaria Anders,maria@example.test\nThomas Hardy,thomas@example.test\n' },
  },
});
