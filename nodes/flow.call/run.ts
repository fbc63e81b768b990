import type { NodeRun, Woken } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';
import { checkValue } from '#nodes/core/types.ts';
import { type Config, typeIn } from './index.ts';

/** Asks the engine for the run; it goes on when that has ended, or when it has waited long enough. */
export default {
  run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const { pipeline, version, timeoutMs } = config;
    if (pipeline === '' || version === null)
      throw new NodeError('CONFIG_INVALID', 'No pipeline or no version of it is chosen. Choose one.');
    const input = typeIn(config, 'input').type === 'object' ? inputs : (inputs.input ?? {});
    const wake = timeoutMs === null ? null : ({ kind: 'in', ms: timeoutMs } as const);
    return { kind: 'call', pipeline, version, input, wake };
  },

  resume(ctx, { config }, woken) {
    ctx.signal.throwIfAborted();
    switch (woken.kind) {
      case 'child':
        return { kind: 'done', outcome: 'ok', output: outputOf(config, woken) };
      case 'timer':
        return { kind: 'done', outcome: 'timeout', output: { at: ctx.now() } };
      case 'event':
      case 'items':
        throw new NodeError('INTERNAL', 'A call goes on when its run has ended; something else came instead.');
    }
  },
} satisfies NodeRun<Config>;

function outputOf(config: Config, { runId, status, output, failure }: Extract<Woken, { kind: 'child' }>): Json {
  if (status !== 'completed') {
    const why = failure ? `: ${failure.message}` : '.';
    throw new NodeError('CHILD_FAILED', `The run of "${config.pipeline}" ${ending[status]}${why}`, {
      details: { runId, status, code: failure?.code ?? null },
    });
  }
  const problem = checkValue(typeIn(config, 'output'), output);
  if (problem)
    throw new NodeError(
      'OUTPUT_INVALID',
      `"${config.pipeline}" gave ${problem.path || 'something'} that is ${problem.got}; expected ${problem.expected}.`,
      { details: { runId } },
    );
  return output;
}

const ending = { failed: 'failed', cancelled: 'was cancelled' };
