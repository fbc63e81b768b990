import { deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { formatOf } from './format.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const zip = Buffer.from([0x50, 0x4b, 0x03, 0x04, 20, 0, 0, 0]);

it.each([
  ['notes.TXT', '', bytes('hello'), 'text'],
  ['a.md', 'text/plain', bytes('# hello'), 'markdown'],
  ['page', 'text/html; charset=utf-8', bytes('<p>'), 'html'],
  ['a.csv', 'application/vnd.ms-excel', bytes('a,b'), 'csv'],
  ['a.pdf', '', bytes('%PDF-1.7'), 'pdf'],
  ['download', 'application/octet-stream', bytes('%PDF-1.7'), 'pdf'],
  ['utf16.txt', '', Buffer.from('\ufeffhello', 'utf16le'), 'text'],
])('%s of type "%s" is %s', (name, mime, content, format) => {
  expect(formatOf({ name, mime }, content)).toBe(format);
});

it.each([
  ['a PDF that is a ZIP', 'a.pdf', zip, 'FILE_TYPE_WRONG', 'it is a ZIP archive'],
  ['text that is a PDF', 'a.txt', bytes('%PDF-1.7'), 'FILE_TYPE_WRONG', 'is a PDF, not what its name says (text)'],
  ['a table that is an Office document', 'a.csv', zip, 'FILE_TYPE_WRONG', 'Office document'],
  ['a page that is compressed', 'a.html', gzipSync('x'), 'FILE_TYPE_WRONG', 'compressed (gzip)'],
  ['a PDF that is text', 'a.pdf', bytes('hello'), 'FILE_TYPE_WRONG', 'something else'],
  ['of no known kind', 'a.xyz', bytes('hello'), 'FILE_TYPE_WRONG', 'of no kind that is known'],
  [
    'text that is none',
    'a.txt',
    deflateSync(Buffer.from([...Array(500).keys()].map((n) => (n * 7919) % 251))),
    'FILE_UNREADABLE',
    'holds no text',
  ],
])('%s is refused', (_, name, content, code, message) => {
  expect(() => formatOf({ name, mime: '' }, content)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});
