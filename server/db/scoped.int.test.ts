import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type World } from '#server/api/testing/world.ts';
import type { Scope } from './scoped.ts';

let world: World;
let mine: Scope;
let other: Scope;
let otherPipeline: string;

beforeAll(async () => {
  world = await openWorld();
  const operator = await world.operator();
  mine = await world.project(operator);
  other = await world.project(operator);
  const data = { projectId: other.projectId, name: 'Theirs', draft: {} };
  otherPipeline = (await other.db.pipeline.create({ data })).id;
});
afterAll(async () => await world.close());

describe('a client that is scoped to a project', () => {
  test('sees nothing of another one, however it is asked', async () => {
    const where = { id: otherPipeline };
    expect(await mine.db.pipeline.findUnique({ where })).toBeNull();
    expect(await mine.db.pipeline.findMany({ where: { OR: [where, { projectId: other.projectId }] } })).toEqual([]);
    expect(await mine.db.pipeline.count({ where })).toBe(0);
    expect(await mine.db.pipeline.updateMany({ where, data: { name: 'Stolen' } })).toEqual({ count: 0 });
    expect(await mine.db.pipeline.deleteMany({})).toEqual({ count: 0 });
    await expect(mine.db.pipeline.delete({ where })).rejects.toMatchObject({ code: 'P2025' });
  });

  test('creates in its own project, whatever the row says', async () => {
    const row = await mine.db.pipeline.create({ data: { projectId: other.projectId, name: 'Planted', draft: {} } });
    expect(row.projectId).toBe(mine.projectId);
  });

  test('works the same within a transaction', async () => {
    await mine.db.$transaction(async (tx) => {
      expect(await tx.pipeline.findUnique({ where: { id: otherPipeline } })).toBeNull();
    });
  });

  test('refuses what belongs to no project, and what is created past its parent', async () => {
    await expect(mine.db.user.findMany()).rejects.toMatchObject({
      code: 'INTERNAL',
      cause: 'User is not kept by project',
    });
    const data = { pipelineId: otherPipeline, nodeId: 'hook', tokenHash: 'x' };
    await expect(mine.db.webhook.create({ data })).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
