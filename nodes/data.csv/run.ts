import type { FileRef } from '#nodes/core/capabilities.ts';
import type { NodeContext, NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { decode } from './decode.ts';
import type { Config } from './index.ts';
import { type CsvRecord, readRecords } from './records.ts';

type Inputs = { file: FileRef | string };
type Source = { name: string; bytes: number; text: string; encoding: string };

export default {
  async run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const source = await open(ctx, config, inputs.file);
    const { records, delimiter } = readRecords(source.text, {
      delimiter: config.delimiter === 'auto' ? '' : config.delimiter === 'tab' ? '\t' : config.delimiter,
      maxRecords: config.maxRows + (config.header ? 1 : 0),
      signal: ctx.signal,
    });
    const columns = columnsOf(records, config);
    const rows = (config.header ? records.slice(1) : records).map((record) => rowOf(record, columns));
    const details = { rows: rows.length, columns, delimiter, encoding: source.encoding };
    ctx.explain({ kind: 'file', name: source.name, bytes: source.bytes, details });
    ctx.log(`${source.name}: ${rows.length} rows of ${columns.length} columns, ${source.encoding}`);
    return {
      kind: 'done',
      outcome: 'ok',
      output: { rows, columns, count: rows.length, delimiter, encoding: source.encoding },
    };
  },
} satisfies NodeRun<Config, Inputs>;

async function open(ctx: NodeContext, config: Config, file: FileRef | string): Promise<Source> {
  if (typeof file === 'string') {
    const bytes = new TextEncoder().encode(file).byteLength;
    if (bytes > config.maxBytes)
      throw new NodeError(
        'TOO_LARGE',
        `The text has ${bytes} bytes; ${config.maxBytes} at most. Raise "Largest file".`,
      );
    return { name: 'text', bytes, text: file.replace(/^\uFEFF/, ''), encoding: 'text' };
  }
  const bytes = await ctx.files.read(file, { maxBytes: config.maxBytes });
  return { name: file.name, bytes: bytes.byteLength, ...decode(bytes, config.encoding) };
}

/** The names of the columns: from the first line, or as declared, or numbered. */
function columnsOf(records: CsvRecord[], config: Config): string[] {
  const [first] = records;
  if (!first)
    throw new NodeError('INPUT_INVALID', 'file: there is nothing in it. Choose a file with at least one line.');
  const given = config.header ? first.values.map((name) => name.trim()) : config.columns;
  const columns = Array.from({ length: Math.max(first.values.length, given.length) }, (_, index) => {
    return given[index] || `column${index + 1}`;
  });
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined)
    throw new NodeError('INPUT_INVALID', `file: column "${twice}" appears twice. Rename one in the file.`);
  if (columns.includes('__proto__')) throw new NodeError('INPUT_INVALID', 'file: rename the column "__proto__".');
  const missing = config.columns.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new NodeError(
      'INPUT_INVALID',
      `file: column ${quoted(missing)} is missing. Found ${quoted(columns)}. Choose another file, or correct "Columns".`,
      { details: { missing, found: columns } },
    );
  return columns;
}

function rowOf({ values, line }: CsvRecord, columns: string[]): Record<string, string> {
  if (values.length !== columns.length)
    throw new NodeError(
      'FILE_UNREADABLE',
      `Line ${line} has ${values.length === 1 ? '1 value' : `${values.length} values`}, but there are ${columns.length} columns (${quoted(columns)}). Correct that line.`,
      { details: { line, values: values.length, columns: columns.length } },
    );
  return Object.fromEntries(columns.map((name, index) => [name, values[index] as string]));
}

function quoted(names: string[]): string {
  const shown = names.slice(0, 20).map((name) => `"${name}"`);
  return names.length > shown.length ? `${shown.join(', ')}, …` : shown.join(', ');
}
