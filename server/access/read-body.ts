import { AppError } from '#server/errors.ts';

/** Reads a whole body, and stops as soon as it is longer than allowed. Errors: TOO_LARGE with `text`. */
export async function readBody(
  request: Request,
  limit: { bytes: number; text: string | ((told: number | null) => string) },
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = (told: number | null) =>
    new AppError('TOO_LARGE', typeof limit.text === 'string' ? limit.text : limit.text(told));
  const claimed = Number(request.headers.get('content-length') ?? 0);
  if (claimed > limit.bytes) throw tooLarge(claimed);
  if (!request.body) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.byteLength;
    if (length > limit.bytes) {
      await reader.cancel();
      throw tooLarge(null);
    }
    parts.push(next.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
