import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { ask, askForValue, firstMessages } from '#nodes/core/model/ask.ts';
import { choiceOf } from '#nodes/core/model/fields.ts';
import { mustBeUsable, readAnswer } from './answer.ts';
import type { Config } from './index.ts';

type Inputs = { prompt: string; system?: string | null };

export default {
  async run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    if (inputs.prompt.trim() === '')
      throw new NodeError('INPUT_INVALID', 'prompt is empty. Say what the model is to do.');
    const schema = config.output.kind === 'json' ? config.output.schema : null;
    const messages = firstMessages(inputs.system || config.system, inputs.prompt, schema);
    const request = { messages, ...choiceOf(config) };
    if (schema === null) {
      const { text } = await ask(ctx, request);
      return { kind: 'done', outcome: 'ok', output: { text } };
    }
    mustBeUsable(schema);
    const output = await askForValue(ctx, { ...request, schema }, (text) => readAnswer(text, schema));
    return { kind: 'done', outcome: 'ok', output };
  },
} satisfies NodeRun<Config, Inputs>;
