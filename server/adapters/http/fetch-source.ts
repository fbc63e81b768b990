import { NodeError, toNodeError } from '#nodes/core/errors.ts';
import { ExchangeFailed, shown } from './exchange.ts';
import { follow } from './follow.ts';

const longestMs = 30_000;
const mostBytes = 25 * 1024 * 1024;

/**
 * Reads a source of knowledge by its address, as guarded and bounded as a request of a step. The bytes are answered as
 * they came. Errors: HTTP_*, TOO_LARGE, INPUT_INVALID.
 */
export async function fetchSource(
  address: string,
  allowedHosts: string[],
  signal: AbortSignal,
): Promise<{ content: Uint8Array; mime: string }> {
  const url = new URL(address);
  const limit = AbortSignal.timeout(longestMs);
  try {
    const answer = await follow({
      ...{ method: 'GET', url, headers: {}, body: undefined, maxBytes: mostBytes, allowedHosts, binary: true },
      signal: AbortSignal.any([signal, limit]),
    });
    if (answer.status !== 200)
      throw new NodeError('HTTP_STATUS', `${shown(url)} answered ${answer.status} instead of the document.`);
    return { content: Buffer.from(answer.body, 'latin1'), mime: answer.headers['content-type'] ?? '' };
  } catch (error) {
    if (limit.aborted)
      throw new NodeError('HTTP_TIMEOUT', `${shown(url)} did not answer within ${longestMs / 1_000} s.`, {
        cause: error,
      });
    if (error instanceof ExchangeFailed)
      throw new NodeError('HTTP_UNAVAILABLE', `${shown(url)} cannot be read: ${error.message}`, { cause: error.cause });
    throw toNodeError(error);
  }
}
