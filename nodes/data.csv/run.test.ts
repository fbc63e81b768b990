import fs from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import type { JsonObject } from '#nodes/core/json.ts';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

async function read(content: Uint8Array | string, config: JsonObject = {}) {
  const inputs = typeof content === 'string' ? { file: content } : null;
  const given = {
    title: '',
    config,
    inputs:
      inputs ??
      ((world: { file: (name: string, bytes: Uint8Array | string) => JsonObject }) => ({
        file: world.file('leads.csv', content),
      })),
    ends: { outcome: 'ok' },
  };
  const { result, failure, world } = await tryCase({ declaration, run }, given);
  if (failure) throw failure;
  if (result?.kind !== 'done') throw new Error('It did not finish.');
  return {
    ...(result.output as { rows: Record<string, string>[]; columns: string[]; delimiter: string; encoding: string }),
    world,
  };
}

const fixture = (name: string): Uint8Array => fs.readFileSync(path.join(import.meta.dirname, 'fixtures', name));

test('quoted values keep separators, quotes and line breaks (RFC 4180)', async () => {
  const { rows } = await read('name,note\r\n"Anders, Maria","says ""hello""\r\nand goes"\r\nThomas,\r\n');
  expect(rows).toEqual([
    { name: 'Anders, Maria', note: 'says "hello"\r\nand goes' },
    { name: 'Thomas', note: '' },
  ]);
});

test.each([
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
  ['pipe', '|'],
])('a file with the separator %s is recognised', async (_name, separator) => {
  const lines = ['name', 'city', 'note'].join(separator);
  const { delimiter, rows } = await read(`${lines}\nMaria${separator}Berlin${separator}a b\n`);
  expect(delimiter).toBe(separator);
  expect(rows).toEqual([{ name: 'Maria', city: 'Berlin', note: 'a b' }]);
});

test('a single column needs no separator', async () => {
  expect((await read('email\nmaria@example.test\n')).rows).toEqual([{ email: 'maria@example.test' }]);
});

test('the chosen separator is used even where another is more frequent', async () => {
  const { columns } = await read('a,b;c,d\n1,2;3,4\n', { delimiter: ';' });
  expect(columns).toEqual(['a,b', 'c,d']);
});

test.each([
  [
    'a byte order mark of UTF-8',
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('name\nJosé\n')]),
    'utf-8',
  ],
  ['UTF-16, little end first', iconv.encode('name,city\nJosé,México\n', 'utf-16le', { addBOM: true }), 'utf-16le'],
  ['UTF-16, big end first', iconv.encode('name,city\nJosé,México\n', 'utf-16be', { addBOM: true }), 'utf-16be'],
  ['plain UTF-8', Buffer.from('name\nJosé\n'), 'utf-8'],
])('%s is recognised', async (_name, bytes, encoding) => {
  const read1 = await read(bytes);
  expect(read1.encoding).toBe(encoding);
  expect(read1.columns[0]).toBe('name');
  expect(read1.rows[0]?.name).toBe('José');
});

test('a file that Excel saved in Germany reads without damage', async () => {
  const { rows, delimiter } = await read(fixture('excel-german.csv'), { columns: ['Firma', 'Straße', 'Umsatz'] });
  expect(delimiter).toBe(';');
  expect(rows[0]).toEqual({ Firma: 'Müller & Söhne', Straße: 'Königstraße 5', Umsatz: '1.234,50' });
});

test('a chosen encoding is used', async () => {
  const { rows } = await read(iconv.encode('name\nПривет\n', 'windows-1251'), { encoding: 'windows-1251' });
  expect(rows).toEqual([{ name: 'Привет' }]);
});

test('files that mix line endings lose no row', async () => {
  const { rows } = await read('a,b\r\n1,2\n3,4\r5,6\n');
  expect(rows).toEqual([
    { a: '1', b: '2' },
    { a: '3', b: '4' },
    { a: '5', b: '6' },
  ]);
});

test('a quotation mark inside a value does not confuse the line endings', async () => {
  const { rows } = await read('size,n\r\n5" pipe,2\r\n6" pipe,3\r\n');
  expect(rows).toEqual([
    { size: '5" pipe', n: '2' },
    { size: '6" pipe', n: '3' },
  ]);
});

test('blank lines are left out', async () => {
  expect((await read('a,b\n\n1,2\n\n\n3,4\n\n')).rows).toHaveLength(2);
});

test('columns without a name are numbered', async () => {
  expect((await read('a,,\n1,2,3\n')).columns).toEqual(['a', 'column2', 'column3']);
});

test('without a header the declared columns name the values', async () => {
  const { rows } = await read('Maria,Berlin\nThomas,London\n', { header: false, columns: ['name', 'city'] });
  expect(rows[1]).toEqual({ name: 'Thomas', city: 'London' });
});

test('a missing column is named together with those that are there', async () => {
  const reading = read('Name,Mail\nMaria,m@example.test\n', { columns: ['name', 'Mail'] });
  await expect(reading).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringMatching(/column "name" is missing\. Found "Name", "Mail"\./),
  });
});

test('a row with the wrong number of values is named by its line, also after quoted line breaks', async () => {
  const reading = read('a,b\n"1\n1",2\n\n3\n');
  await expect(reading).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: expect.stringMatching(/^Line 5 has 1 value, but there are 2 columns/),
  });
});

test('an open quote is named by its line', async () => {
  await expect(read('a,b\n1,2\n3,"4\n')).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: expect.stringMatching(/^Line 3:/),
  });
});

test('two columns of the same name are refused', async () => {
  await expect(read('a,a\n1,2\n')).rejects.toThrow('column "a" appears twice');
});

test('an empty file is refused', async () => {
  await expect(read('')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
});

test('a text that is larger than allowed is refused', async () => {
  await expect(read('a\n1\n', { maxBytes: 3 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
});

test('the provenance names the file, its size and how it was read', async () => {
  const { world } = await read(Buffer.from('a;b\n1;2\n'));
  expect(world.explained).toEqual([
    {
      kind: 'file',
      name: 'leads.csv',
      bytes: 8,
      details: { rows: 1, columns: ['a', 'b'], delimiter: ';', encoding: 'utf-8' },
    },
  ]);
});

test('fifty thousand rows are read in reasonable time', async () => {
  const lines = Array.from({ length: 50_000 }, (_, index) => `${index},"name ${index}",city`).join('\n');
  const started = performance.now();
  expect((await read(`id,name,city\n${lines}\n`, { maxRows: 50_000 })).rows).toHaveLength(50_000);
  expect(performance.now() - started).toBeLessThan(3_000);
});
