import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { NodeError } from '#nodes/core/errors.ts';

const decoders: Record<string, (() => Readable & NodeJS.WritableStream) | undefined> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

export type Incoming = {
  body: Readable;
  encoding: string;
  contentType: string;
  maxBytes: number;
  url: string;
  /** Every byte becomes one character (latin1), so that nothing of it is lost. */
  binary?: boolean;
};

/** What is asked for: the encodings that `readBody` can read. */
export const acceptedEncodings = 'gzip, deflate, br, zstd';

/**
 * Reads an answer's body as text, decompressed. It stops at `maxBytes`, counted after decompression, so that a small
 * answer cannot become a large one. Errors: TOO_LARGE, HTTP_UNAVAILABLE.
 */
export async function readBody({ body, encoding, contentType, maxBytes, url, binary }: Incoming): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of decoded(body, encoding, url) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(url, maxBytes);
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  return binary ? whole.toString('latin1') : decoderFor(contentType).decode(whole);
}

function decoded(body: Readable, encoding: string, url: string): Readable {
  const names = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length === 0) return body;
  const open = decoders[names[0] ?? ''];
  // Nested encodings do not occur in honest answers and are a way to hide a bomb.
  if (names.length > 1 || !open)
    throw new NodeError('HTTP_UNAVAILABLE', `${url} answered in the encoding "${encoding}", which cannot be read.`);
  const decoder = open();
  body.on('error', (error) => decoder.destroy(error));
  return body.pipe(decoder);
}

function decoderFor(contentType: string): TextDecoder {
  const charset = /charset\s*=\s*"?([\w-]{1,40})/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder();
    throw error;
  }
}

function tooLarge(url: string, maxBytes: number): NodeError {
  return new NodeError(
    'TOO_LARGE',
    `${url} answered with more than ${maxBytes} bytes. Ask for less, or raise the largest answer of the node.`,
  );
}
