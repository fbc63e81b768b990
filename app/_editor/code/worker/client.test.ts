import { expect, it } from 'vitest';
import { t } from '#nodes/core/types.ts';
import { type FieldWorker, fieldLanguageOver } from './client.ts';
import { fields } from './fields.ts';
import type { FieldAnswer, FieldQuestion } from './protocol.ts';

function worker(answer: (question: FieldQuestion) => FieldAnswer | null): FieldWorker {
  const made: FieldWorker = {
    postMessage(question) {
      const data = answer(question);
      if (data) made.onmessage?.({ data });
      else made.onerror?.(new Error('died'));
    },
    terminate() {},
    onmessage: null,
    onerror: null,
  };
  return made;
}

it('starts the worker with the first question, and asks it', async () => {
  let starts = 0;
  const { language } = fieldLanguageOver(
    () => {
      starts++;
      return worker(({ id }) => ({ id, result: null }));
    },
    async () => fields,
  );
  expect(starts).toBe(0);
  expect(await language.suggest('run.', {})).toBeNull();
  expect(await language.signature('round(', {})).toBeNull();
  expect(starts).toBe(1);
});

it('answers by itself where the worker dies or cannot start, and passes on what fails', async () => {
  const dead = fieldLanguageOver(
    () => worker(() => null),
    async () => fields,
  ).language;
  expect(await dead.signature('round(', {})).toMatchObject({ help: 'The nearest whole number.' });
  const none = fieldLanguageOver(
    () => {
      throw new Error('No workers here.');
    },
    async () => fields,
  ).language;
  expect((await none.suggest('name.tr', { name: t.string() }))?.from).toBe(5);
  const failing = fieldLanguageOver(
    () => worker(({ id }) => ({ id, error: 'No.' })),
    async () => fields,
  ).language;
  await expect(failing.suggest('', {})).rejects.toThrow('No.');
});

it('hands values over once and forgets the oldest', async () => {
  const values = { run: { id: '1', input: { a: 1 }, startedAt: '' }, nodes: {} };
  const request = { source: { kind: 'expr', expr: 'run.input.a' } } as const;
  expect(await fields.preview(request, { id: 'never', values: null })).toBeNull();
  expect(await fields.preview(request, { id: 'v0', values })).toMatchObject({ shown: '1' });
  expect(await fields.preview(request, { id: 'v0', values: null })).toMatchObject({ shown: '1' });
  for (let n = 1; n <= 6; n++) await fields.preview(request, { id: `v${n}`, values });
  expect(await fields.preview(request, { id: 'v0', values: null })).toBeNull();
});
