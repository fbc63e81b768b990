import type { NodeResult, NodeRun, Wake } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { type Config, longestSeconds } from './index.ts';
import { isZone, type LocalMoment, lastTime, momentOf, nextTime, readLocal } from './zone-time.ts';

type Inputs = { seconds?: number | null; at?: string | null; key?: string };

/** Woken this much early by its own clock, a step is taken to be on time: clocks of machines differ. */
const clockSkewMs = 1_000;
const longestKey = 200;

/** It sleeps until what it waits for or its timeout, whichever is first; `resume` tells from the times which it was. */
export default {
  run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const { timeoutMs } = config;
    const latest: Wake | null = timeoutMs === null ? null : { kind: 'in', ms: timeoutMs };
    switch (config.mode) {
      case 'duration': {
        const ms = durationMs(config, inputs);
        return { kind: 'sleep', wake: latest && latest.ms < ms ? latest : { kind: 'in', ms } };
      }
      case 'until': {
        const target = targetMs(localOf(config, inputs), config.zone, ctx.now());
        if (target <= ctx.now()) return left('ok', ctx.now());
        const isFirst = latest && ctx.now() + latest.ms < target;
        return { kind: 'sleep', wake: isFirst ? latest : { kind: 'at', ms: target } };
      }
      case 'event':
        return { kind: 'await-event', name: config.event, key: keyOf(inputs), wake: latest };
    }
  },

  resume(ctx, { config, inputs }, woken) {
    ctx.signal.throwIfAborted();
    switch (woken.kind) {
      case 'event':
        return { kind: 'done', outcome: 'ok', output: { data: woken.data, at: woken.at } };
      case 'timer':
        return left(isTimeout(config, inputs, ctx.now()) ? 'timeout' : 'ok', ctx.now());
      case 'child':
      case 'items':
        throw new NodeError('INTERNAL', 'A wait goes on by the clock or by an event; a run has ended instead.');
    }
  },
} satisfies NodeRun<Config, Inputs>;

function left(outcome: 'ok' | 'timeout', at: number): NodeResult {
  return { kind: 'done', outcome, output: { at } };
}

function isTimeout(config: Config, inputs: Inputs, now: number): boolean {
  const { mode, timeoutMs, zone } = config;
  if (timeoutMs === null) return false;
  switch (mode) {
    case 'duration':
      return timeoutMs < durationMs(config, inputs);
    case 'until': {
      const local = localOf(config, inputs);
      // A time of day has come if it was shown since the wait began, which is about a timeout ago at most.
      return local.kind === 'time'
        ? lastTime(local, zone, now + clockSkewMs) < now - timeoutMs
        : now + clockSkewMs < momentOf(local, zone);
    }
    case 'event':
      return true;
  }
}

function durationMs({ seconds }: Config, inputs: Inputs): number {
  const given = inputs.seconds ?? seconds;
  if (!(given >= 0 && given <= longestSeconds))
    throw new NodeError('INPUT_INVALID', `seconds must be from 0 to ${longestSeconds}; it is ${given}.`);
  return Math.round(given * 1_000);
}

function localOf({ at, zone }: Config, inputs: Inputs): LocalMoment {
  const text = inputs.at ?? at;
  const local = readLocal(text);
  if (!local) throw new NodeError('INPUT_INVALID', `at is "${text.slice(0, 100)}". Write 09:00 or 2026-03-29T09:00.`);
  if (!isZone(zone)) throw new NodeError('CONFIG_INVALID', `"${zone}" is no time zone. Write one as Europe/Berlin.`);
  return local;
}

function targetMs(local: LocalMoment, zone: string, now: number): number {
  const target = local.kind === 'time' ? nextTime(local, zone, now) : momentOf(local, zone);
  if (target - now > longestSeconds * 1_000)
    throw new NodeError('INPUT_INVALID', 'at is more than 366 days ahead. Wait for a nearer time.');
  return target;
}

function keyOf({ key = '' }: Inputs): string {
  const text = key.trim();
  if (text !== '' && text.length <= longestKey) return text;
  throw new NodeError(
    'INPUT_INVALID',
    `key must have 1 to ${longestKey} characters; it has ${text.length}. Bind it to what the event has.`,
  );
}
