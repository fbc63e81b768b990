import { NodeError } from '#nodes/core/errors.ts';

export type DocumentFormat = 'text' | 'markdown' | 'html' | 'pdf' | 'csv';

const byExtension: Record<string, DocumentFormat> = {
  txt: 'text',
  text: 'text',
  log: 'text',
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  pdf: 'pdf',
  csv: 'csv',
  tsv: 'csv',
};
const byMime: Record<string, DocumentFormat> = {
  'text/plain': 'text',
  'text/markdown': 'markdown',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'application/pdf': 'pdf',
  'text/csv': 'csv',
  'text/tab-separated-values': 'csv',
};
/** What files begin with that are no documents of ours, whatever they are called. */
const magics: [what: string, bytes: number[]][] = [
  ['a PDF', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['a ZIP archive or an Office document', [0x50, 0x4b, 0x03, 0x04]],
  ['an empty ZIP archive', [0x50, 0x4b, 0x05, 0x06]],
  ['compressed (gzip)', [0x1f, 0x8b]],
  ['compressed (bzip2)', [0x42, 0x5a, 0x68]],
  ['compressed (xz)', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['compressed (zstd)', [0x28, 0xb5, 0x2f, 0xfd]],
  ['a 7z archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['a RAR archive', [0x52, 0x61, 0x72, 0x21]],
  ['an old Office document', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a GIF picture', [0x47, 0x49, 0x46, 0x38]],
  ['a program', [0x7f, 0x45, 0x4c, 0x46]],
  ['a program', [0x4d, 0x5a, 0x90]],
  ['a database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
];
/** Bytes that are looked at. */
const headBytes = 8_192;

export type Named = { name: string; mime: string };

/**
 * What a document is, by its name, else by its content type; its first bytes must agree, so that nothing is taken for
 * what it is not. Errors: FILE_TYPE_WRONG (of no known kind, or lying), FILE_UNREADABLE (no text).
 */
export function formatOf({ name, mime }: Named, content: Uint8Array): DocumentFormat {
  const claimed = claimOf({ name, mime });
  const head = content.subarray(0, headBytes);
  const actual = magics.find(([, bytes]) => bytes.every((byte, at) => head[at] === byte))?.[0];
  if (claimed === 'pdf') {
    if (hasPdfHeader(head)) return 'pdf';
    throw wrong(name, `says that it is a PDF, but it is ${actual ?? 'something else'}. Save it as a PDF again.`);
  }
  if (actual === 'a PDF' && claimed === null) return 'pdf';
  if (actual)
    throw wrong(name, `is ${actual}, not ${claimed ? `what its name says (${claimed})` : 'a document'}. ${advice}`);
  if (isBinary(head)) throw new NodeError('FILE_UNREADABLE', `${name} holds no text. ${advice}`);
  if (claimed) return claimed;
  throw wrong(name, `is of no kind that is known. ${advice}`);
}

const advice = 'Text, Markdown, HTML, PDF and CSV can be read.';

function claimOf({ name, mime }: Named): DocumentFormat | null {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return byExtension[extension] ?? byMime[mime.split(';')[0]?.trim().toLowerCase() ?? ''] ?? null;
}

/** PDF readers accept a header anywhere in the first kilobyte. */
function hasPdfHeader(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 1_024)).includes('%PDF-');
}

/** Control characters that no text has; UTF-16 is known by its mark. */
function isBinary(head: Uint8Array): boolean {
  const [a, b] = head;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return false;
  const odd = head.reduce((sum, byte) => sum + (byte < 9 || (byte > 13 && byte < 27) || byte === 127 ? 1 : 0), 0);
  return odd > head.length / 100 || head.includes(0);
}

function wrong(name: string, what: string): NodeError {
  return new NodeError('FILE_TYPE_WRONG', `${name} ${what}`);
}
