import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from './sha256.ts';

const reference = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

test('the examples of FIPS 180-4 hash as published', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('every length around a block hashes as the platform does', () => {
  for (let length = 0; length < 200; length++) {
    const text = 'é'.repeat(length % 3) + 'x'.repeat(length);
    expect(sha256(text)).toBe(reference(text));
  }
});

test('any text hashes as the platform does', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => sha256(text) === reference(text)));
});
