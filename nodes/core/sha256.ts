/**
 * SHA-256 (FIPS 180-4, section 6.2) of a text's UTF-8 bytes, as 64 hexadecimal digits. Synchronous and without
 * platform APIs: the browser and the server name a program by the same hash.
 */
export function sha256(text: string): string {
  const message = padded(new TextEncoder().encode(text));
  const hash = Uint32Array.from(initialHash);
  const words = new Uint32Array(64);
  for (let at = 0; at < message.byteLength; at += 64) {
    schedule(words, new DataView(message.buffer, at, 64));
    compress(hash, words);
  }
  return Array.from(hash, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** The message, a one bit, zeros, and the length in bits, to a multiple of 512 bits. */
function padded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = Math.ceil((bytes.length + 9) / 64) * 64;
  const message = new Uint8Array(size);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setUint32(size - 8, Math.floor(bytes.length / 0x2000_0000));
  view.setUint32(size - 4, bytes.length << 3);
  return message;
}

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

function schedule(w: Uint32Array, block: DataView): void {
  for (let t = 0; t < 16; t++) w[t] = block.getUint32(t * 4);
  for (let t = 16; t < 64; t++) {
    const [near, far] = [w[t - 2] as number, w[t - 15] as number];
    const s1 = rotate(near, 17) ^ rotate(near, 19) ^ (near >>> 10);
    const s0 = rotate(far, 7) ^ rotate(far, 18) ^ (far >>> 3);
    w[t] = s1 + (w[t - 7] as number) + s0 + (w[t - 16] as number);
  }
}

function compress(hash: Uint32Array, w: Uint32Array): void {
  let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number];
  for (let t = 0; t < 64; t++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (roundConstants[t] as number) + (w[t] as number)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    hash[index] = (hash[index] as number) + word;
  });
}

/** The first 32 bits of the fractional parts of the square roots (hash) and cube roots (rounds) of the first primes. */
const initialHash = fractions(8, (x) => x ** (1 / 2));
const roundConstants = fractions(64, (x) => x ** (1 / 3));

function fractions(count: number, root: (prime: number) => number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (isPrime(n)) found.push(Math.floor((root(n) % 1) * 0x1_0000_0000));
  return found;
}

function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false;
  return true;
}
