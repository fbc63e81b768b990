import chardet from 'chardet';
import iconv from 'iconv-lite';
import { NodeError } from '#nodes/core/errors.ts';

/** Turns bytes into text. `auto`: by the byte order mark, else UTF-8 where it is valid, else what the bytes look like. */
export function decode(bytes: Uint8Array, encoding: string): { text: string; encoding: string } {
  if (encoding !== 'auto') return { text: withEncoding(bytes, encoding), encoding };
  const marked = markOf(bytes);
  if (marked) return { text: withEncoding(bytes, marked), encoding: marked };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    const guess = (chardet.detect(bytes) ?? 'windows-1252').toLowerCase();
    const known = iconv.encodingExists(guess) ? guess : 'windows-1252';
    return { text: withEncoding(bytes, known), encoding: known };
  }
}

function withEncoding(bytes: Uint8Array, encoding: string): string {
  if (!iconv.encodingExists(encoding))
    throw new NodeError('CONFIG_INVALID', `Encoding: "${encoding}" is not known. Use "auto", or for example "utf-8".`);
  return iconv.decode(bytes, encoding, { stripBOM: true });
}

function markOf(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return null;
}
