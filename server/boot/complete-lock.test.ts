import { describe, expect, it } from 'vitest';
import lock from '../../package-lock.json' with { type: 'json' };
import { type LockPackages, missingEntries } from './complete-lock.mjs';

const packages = lock.packages as unknown as LockPackages;

describe('package-lock.json', () => {
  it('holds the packages of all platforms; mend it with: node server/boot/complete-lock.mjs', () => {
    expect(missingEntries(packages)).toEqual({});
  });

  it('names no registry', () => {
    expect(Object.keys(packages).filter((name) => packages[name]?.resolved?.startsWith('http'))).toEqual([]);
  });
});

describe('missingEntries', () => {
  const parent = (name: string) => ({ 'node_modules/p': { dev: true, optionalDependencies: { [name]: '1.2.3' } } });

  it.each([
    ['@p/linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@p/linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
    ['@p/win32-arm64-msvc', { os: ['win32'], cpu: ['arm64'] }],
    ['@p/android-arm-eabi', { os: ['android'], cpu: ['arm'] }],
    ['@p/wasm32-wasi', { cpu: ['wasm32'] }],
  ])('reads the platform from the name %s', (name, platform) => {
    expect(missingEntries(parent(name))).toEqual({
      [`node_modules/${name}`]: { version: '1.2.3', optional: true, dev: true, ...platform },
    });
  });

  it('leaves alone what is there', () => {
    expect(missingEntries({ ...parent('q'), 'node_modules/q': { version: '1.0.0' } })).toEqual({});
  });
});
