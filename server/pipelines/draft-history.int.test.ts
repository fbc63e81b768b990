import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Operator } from '#server/api/context.ts';
import { greeting } from '#server/api/testing/graphs.ts';
import { openWorld, type World } from '#server/api/testing/world.ts';
import { query } from '#server/db/pool.ts';
import type { DraftWhy } from './draft-why.ts';

let world: World;
let operator: Operator;
let projectId: string;
let pipelineId: string;

beforeAll(async () => {
  world = await openWorld();
  operator = await world.operator();
});
beforeEach(async () => {
  projectId = (await world.project(operator)).projectId;
  pipelineId = (await api().create({ projectId, name: 'Greeting' })).id;
});
afterAll(async () => await world.close());

const api = () => world.as(operator).pipelines;
const history = async () => (await api().draftHistory({ projectId, pipelineId })).items;
const graphOf = async (saveId: string) => (await api().draftAt({ projectId, pipelineId, saveId })).graph;
const save = (revision: number, name: string, why?: DraftWhy) =>
  api().saveDraft({ projectId, pipelineId, revision, graph: greeting(name), ...(why ? { why } : {}) });
const edit = (summary: string): DraftWhy => ({ origin: 'operator', summary });

/** As if the newest row had been begun so many minutes earlier. */
const ago = (minutes: number) =>
  query(
    `update draft_save set began_at = began_at - $2 * interval '1 minute' where pipeline_id = $1 and revision =
       (select max(revision) from draft_save where pipeline_id = $1)`,
    [pipelineId, minutes],
  );

describe('the history of a draft', () => {
  test('keeps the saves of one sitting as one row, which holds the newest and names every edit once', async () => {
    await save(1, 'A', edit('Move'));
    await save(2, 'B', edit('Connect, Move'));
    await save(3, 'C');
    const rows = await history();
    expect(rows).toMatchObject([
      { revision: 4, by: operator.email, origin: 'operator', summary: 'Create, Move, Connect' },
    ]);
    expect((await graphOf(rows[0]!.id)).name).toBe('C');
  });

  test('begins another row ten minutes after the first save of a sitting', async () => {
    await save(1, 'A', edit('Move'));
    await ago(11);
    await save(2, 'B', edit('Delete'));
    const rows = await history();
    expect(rows).toMatchObject([
      { revision: 3, summary: 'Delete' },
      { revision: 2, summary: 'Create, Move' },
    ]);
    expect((await graphOf(rows[1]!.id)).name).toBe('A');
  });

  test.each(['import', 'template', 'fix', 'restore', 'migration', 'merge', 'conflict'] as const)(
    'gives a save of the origin "%s" a row of its own, and leaves what it replaced in another',
    async (origin) => {
      await save(1, 'Theirs', edit('Move'));
      await save(2, 'Mine', { origin, summary: 'Why' });
      await save(3, 'Later', edit('Move'));
      const rows = await history();
      expect(rows).toMatchObject([{ origin: 'operator' }, { origin, summary: 'Why' }, { origin: 'operator' }]);
      expect(await Promise.all(rows.map(async ({ id }) => (await graphOf(id)).name))).toEqual([
        'Later',
        'Mine',
        'Theirs',
      ]);
    },
  );

  test('notes nothing of a save that was refused', async () => {
    await save(1, 'A', edit('Move'));
    await expect(save(1, 'B', { origin: 'fix', summary: '' })).rejects.toMatchObject({ cause: { code: 'CONFLICT' } });
    expect(await history()).toHaveLength(1);
  });

  test('begins with what a pipeline was made of', async () => {
    const { id } = await api().create({ projectId, name: 'Copy', graph: greeting() });
    const { pipelineId: shipped } = await world.as(operator).templates.install({
      projectId,
      template: 'sales-follow-up',
    });
    const first = async (of: string) => (await api().draftHistory({ projectId, pipelineId: of })).items;
    expect(await first(id)).toMatchObject([{ revision: 1, origin: 'import' }]);
    expect(await first(shipped)).toMatchObject([{ revision: 1, origin: 'template' }]);
  });

  test('keeps a hundred rows and is read in pages', async () => {
    for (let n = 1; n <= 103; n += 1) await save(n, `N${n}`, { origin: 'fix', summary: `Fix ${n}` });
    const first = await api().draftHistory({ projectId, pipelineId, limit: 60 });
    const second = await api().draftHistory({ projectId, pipelineId, limit: 60, cursor: first.next! });
    expect([first.items.length, second.items.length, second.next]).toEqual([60, 40, null]);
    expect(second.items.at(-1)).toMatchObject({ revision: 5, summary: 'Fix 4' });
  });
});
