import { getDocumentProxy } from 'unpdf';
import { NodeError } from '#nodes/core/errors.ts';
import { type Extracted, gatherer } from './extracted.ts';
import { refuseBomb } from './pdf-bomb.ts';

const mostPages = 5_000;

/**
 * The text of a PDF, a section a page. Errors: FILE_ENCRYPTED, FILE_UNREADABLE (broken, or pictures of pages only),
 * TOO_LARGE.
 */
export async function extractPdf(name: string, content: Uint8Array): Promise<Extracted> {
  refuseBomb(name, Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  const gathered = gatherer(name);
  const pdf = await opened(name, content);
  try {
    if (pdf.numPages > mostPages)
      throw new NodeError('TOO_LARGE', `${name} has ${pdf.numPages} pages; ${mostPages} at most. Split it.`);
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const text = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
      gathered.add(`${text.trimEnd()}\n`, `page ${number}`);
      page.cleanup();
    }
  } catch (error) {
    throw coded(name, error);
  } finally {
    await pdf.loadingTask.destroy();
  }
  const extracted = gathered.done();
  if (extracted.text.trim() === '')
    throw new NodeError(
      'FILE_UNREADABLE',
      `${name} holds no text, only pictures of it. Run text recognition over it first.`,
    );
  return extracted;
}

async function opened(name: string, content: Uint8Array) {
  try {
    return await getDocumentProxy(new Uint8Array(content), { verbosity: 0 });
  } catch (error) {
    throw coded(name, error);
  }
}

function coded(name: string, error: unknown): NodeError {
  if (error instanceof NodeError) return error;
  const { name: kind = '', message = String(error) } = error as Error;
  if (kind === 'PasswordException')
    return new NodeError(
      'FILE_ENCRYPTED',
      `${name} is protected by a password. Save it without one, then import it again.`,
      {
        cause: error,
      },
    );
  return new NodeError('FILE_UNREADABLE', `${name} is not a readable PDF: ${message}`, { cause: error });
}
