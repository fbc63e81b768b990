import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { type TestRun, testRun } from '#server/testing/step-scope.ts';
import { createFilesCapability } from './files.ts';

let database: TestDatabase;
let run: TestRun;
let id = '';
const content = Buffer.from([0, 255, 10, 13, 128]);

beforeAll(async () => {
  database = await testDatabase();
  run = await testRun(database.pool);
  const { rows } = await database.pool.query(
    `insert into stored_file (id, project_id, name, mime, bytes, sha256, content)
     values (gen_random_uuid(), $1, 'leads.csv', 'text/csv', 5, '', $2) returning id`,
    [run.projectId, content],
  );
  id = rows[0].id;
});
afterAll(async () => await database.close());

const ref = (fileId: string) => ({ kind: 'file', id: fileId, name: 'leads.csv', mime: 'text/csv', bytes: 5 }) as const;
const files = async (of: TestRun) => createFilesCapability((await of.attempt()).scope);

describe('a file', () => {
  it('is read byte for byte', async () => {
    expect(Buffer.from(await (await files(run)).read(ref(id), { maxBytes: 5 }))).toEqual(content);
  });

  it('is refused where it is larger than the node takes', async () => {
    await expect((await files(run)).read(ref(id), { maxBytes: 4 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('is not found in another project, nor under an id that is none', async () => {
    const other = await testRun(database.pool);
    for (const [of, fileId] of [
      [other, id],
      [run, crypto.randomUUID()],
      [run, "x' or true --"],
    ] as const)
      await expect((await files(of)).read(ref(fileId), { maxBytes: 5 })).rejects.toMatchObject({
        code: 'FILE_NOT_FOUND',
      });
  });
});
