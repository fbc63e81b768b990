import { decode } from '#nodes/data.csv/decode.ts';
import type { DocumentFormat } from '../format.ts';
import { extractCsv } from './csv.ts';
import type { Extracted } from './extracted.ts';
import { extractHtml } from './html.ts';
import { extractPdf } from './pdf.ts';
import { extractMarkdown, extractText } from './text.ts';

export type ToExtract = { name: string; format: DocumentFormat; content: Uint8Array };

/** The text of a document with its sections. Errors: FILE_UNREADABLE, FILE_ENCRYPTED, TOO_LARGE. */
export async function extract({ name, format, content }: ToExtract): Promise<Extracted> {
  if (format === 'pdf') return await extractPdf(name, content);
  const text = decode(content, 'auto').text.toWellFormed().replaceAll('\0', '\ufffd');
  switch (format) {
    case 'markdown':
      return extractMarkdown(name, text);
    case 'html':
      return extractHtml(name, text);
    case 'csv':
      return extractCsv(name, text);
    case 'text':
      return extractText(name, text);
    default:
      throw new Error(`Not a format: ${format satisfies never}`);
  }
}
