import { constants, inflateSync } from 'node:zlib';
import { NodeError } from '#nodes/core/errors.ts';

/** What one compressed part of a PDF may unfold to, and all of them together. */
const mostPerStream = 64 * 1024 * 1024;
const mostPerImage = 256 * 1024 * 1024;
const mostTogether = 1024 * 1024 * 1024;
const dictionaryBytes = 2_048;

/**
 * Refuses a PDF whose compressed parts unfold to more than a document can have, before a parser unfolds them all at
 * once. Each part is unfolded here alone and thrown away. Errors: TOO_LARGE.
 */
export function refuseBomb(name: string, content: Buffer): void {
  let together = 0;
  for (let at = content.indexOf('stream'); at >= 0; at = content.indexOf('stream', at + 6)) {
    const start = content[at + 6] === 0x0d ? at + 8 : at + 7;
    if (content.toString('latin1', at - 3, at) === 'end' || content[start - 1] !== 0x0a) continue;
    const dictionary = content.toString('latin1', Math.max(0, at - dictionaryBytes), at);
    const own = dictionary.slice(dictionary.lastIndexOf(' obj') + 1);
    if (/\/Filter\s*\[[^\]]*\/Fl(?:ateDecode)?\b[^\]]*\/Fl(?:ateDecode)?\b/.test(own)) throw bomb(name);
    together += unfolded(name, content.subarray(start), /\/Subtype\s*\/Image/.test(own) ? mostPerImage : mostPerStream);
    if (together > mostTogether) throw bomb(name);
  }
}

/** Size of a part unfolded; 0 where it is not compressed in this way. */
function unfolded(name: string, part: Buffer, most: number): number {
  if (((part[0] ?? 0) & 0x0f) !== 8 || (part.readUInt16BE(0) || 1) % 31 !== 0) return 0;
  try {
    // What follows the part in the file is not read: its compressed data says where it ends.
    return inflateSync(part, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH }).length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw bomb(name);
    return 0; // Broken data unfolds to nothing; the parser says what is wrong with it.
  }
}

function bomb(name: string): NodeError {
  return new NodeError(
    'TOO_LARGE',
    `${name} unfolds to far more than a document can have: it looks like a decompression bomb. It was not read.`,
  );
}
