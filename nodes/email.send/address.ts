import { z } from 'zod';
import { NodeError } from '#nodes/core/errors.ts';

// An address in RFC 5321 has 254 characters at most.
const address = z.email().max(254);

/** Refuses line breaks and control characters: they would let a value add headers of its own. */
export function headerValue(port: string, value: string): string {
  if (/\p{Cc}/u.test(value))
    throw new NodeError('INPUT_INVALID', `${port} has a line break or control character in it. Put it on one line.`, {
      happened: 'no',
    });
  return value.trim();
}

/** One address. Errors: INPUT_INVALID with the port's name. */
export function oneAddress(port: string, value: string): string {
  const text = headerValue(port, value);
  if (!address.safeParse(text).success) throw refused(port, text, 'one address such as maria@example.test');
  return text;
}

/** One address, or `Name <address>`. Errors: INPUT_INVALID with the port's name. */
export function namedAddress(port: string, value: string): string {
  const text = headerValue(port, value);
  if (!text.endsWith('>')) return oneAddress(port, text);
  const open = text.lastIndexOf('<');
  const name = text.slice(0, Math.max(open, 0)).trim();
  const plain = text.slice(open + 1, -1);
  if (open < 0 || /[<>,;:@]/.test(name) || !address.safeParse(plain).success)
    throw refused(port, text, 'one address, or Name <maria@example.test>');
  return text;
}

function refused(port: string, value: string, wanted: string): NodeError {
  return new NodeError('INPUT_INVALID', `${port} must be ${wanted}; it is "${value.slice(0, 100)}".`, {
    happened: 'no',
  });
}
