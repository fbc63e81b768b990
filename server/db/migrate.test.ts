import { describe, expect, it } from 'vitest';
import { pendingOf } from './migrate.ts';
import { readMigrations } from './migrations-folder.ts';

const known = ['1_a', '2_b', '3_c'].map((name) => ({ name, sql: '', checksum: `sum-${name}` }));
const applied = (name: string, changes = {}) => ({
  migration_name: name,
  checksum: `sum-${name}`,
  finished: true,
  ...changes,
});

describe('pendingOf', () => {
  it('answers what an empty database needs: everything, in order', () => {
    expect(pendingOf([], known).map(({ name }) => name)).toEqual(['1_a', '2_b', '3_c']);
  });

  it('answers nothing when all is applied', () => {
    expect(
      pendingOf(
        known.map(({ name }) => applied(name)),
        known,
      ),
    ).toEqual([]);
  });

  it('refuses a database that is newer than the software', () => {
    expect(() => pendingOf([applied('9_z')], known)).toThrow(/newer than this software.*"9_z"/);
  });

  it('refuses a migration that was changed after it was applied', () => {
    expect(() => pendingOf([applied('1_a', { checksum: 'other' })], known)).toThrow(/"1_a" was changed/);
  });

  it('refuses to go on after a migration that did not finish', () => {
    expect(() => pendingOf([applied('1_a', { finished: false })], known)).toThrow(/"1_a" began and did not finish/);
  });
});

it('reads the migrations of the product in order, with the checksums that Prisma records', () => {
  const names = readMigrations().map(({ name }) => name);
  expect(names).toEqual(names.toSorted());
  expect(names[0]).toMatch(/_init$/);
});
