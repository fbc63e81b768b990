import { expect, test } from 'vitest';
import type { GraphInput } from '../graph.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { graphOf } from '../testing/graph-of.ts';
import { compile } from './compile.ts';

const retry = (codes: string[]) => ({ attempts: 2, initialMs: 1, factor: 2, maxMs: 9, jitter: 0, codes });
const graph = (codes: string[], nodes: string[]): GraphInput => {
  const plain = graphOf({ go: 'start', send_mail: { type: 'task', retry: retry(codes) } as never }, [
    'go.fired > send_mail',
  ]);
  return { ...plain, settings: { thresholds: [{ name: 'Many', nodes, failures: 3, withinMs: 60_000 }] } };
};
const found = (...args: Parameters<typeof graph>) =>
  compile(graph(...args), testDefinitions).diagnostics.map(({ field, message }) => `${field}: ${message}`);

test('settings that name what exists are kept in the program', () => {
  const { program, diagnostics } = compile(graph(['TIMEOUT'], ['send_mail']), testDefinitions);
  expect(diagnostics).toEqual([]);
  expect(program?.settings.thresholds).toMatchObject([{ nodes: ['send_mail'], hold: true }]);
  expect(program?.states.send_mail?.retry).toMatchObject({ codes: ['TIMEOUT'] });
});

test('an error code or a node that does not exist is reported where it stands', () => {
  expect(found(['TIMEOUT', 'TIMEUOT', 'x'], ['send_mail', 'sendmail'])).toEqual([
    'settings.thresholds[0].nodes[1]: There is no node "sendmail". Did you mean "send_mail"?',
    'retry.codes[1]: There is no error code "TIMEUOT". Did you mean "TIMEOUT"?',
    'retry.codes[2]: There is no error code "x". Remove it.',
  ]);
});

test('so many wrong names that nobody reads them take no time', () => {
  const wrong = Array.from({ length: 200 }, (_, n) => `sendmail${n}`);
  const messages = found([], wrong);
  expect(messages).toHaveLength(100);
  expect(messages.filter((message) => message.includes('Did you mean'))).toHaveLength(20);
});

test('what follows a failure is as the node says, else as the pipeline does', () => {
  const plain = graphOf({ go: 'start', a: 'task', b: { type: 'task', onFailure: 'stop' } as never }, [
    'go.fired > a',
    'a.ok > b',
  ]);
  const { program } = compile({ ...plain, settings: { onFailure: 'ask', timeoutMs: 5_000 } }, testDefinitions);
  expect(program?.states.a?.onFailure).toBe('ask');
  expect(program?.states.b?.onFailure).toBe('stop');
  expect(program?.settings.timeoutMs).toBe(5_000);
});
