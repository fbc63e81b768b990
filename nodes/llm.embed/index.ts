import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { modelErrors, modelTask } from '#nodes/core/model/fields.ts';
import { t } from '#nodes/core/types.ts';

const config = z.strictObject({
  model: z
    .string()
    .max(200)
    .default('')
    .meta({ title: 'Model', description: 'An embedding model. Empty: the one of the connection.' }),
});
export type Config = z.infer<typeof config>;

/** How many texts one call takes. */
export const mostTexts = 256;

export default defineNode<Config>({
  ...modelTask,
  type: 'llm.embed',
  version: 1,
  title: 'Embed',
  description: 'Turns texts into vectors that are near each other where the texts are alike.',
  icon: 'move-3d',
  config,
  inputs: () => ({
    texts: {
      type: t.array(t.string()),
      title: 'Texts',
      description: `Up to ${mostTexts} texts.`,
      required: true,
    },
  }),
  outcomes: () => ({
    ok: t.object({
      vectors: t.array(t.array(t.number())),
      model: t.string(),
      dimensions: t.integer({ minimum: 0 }),
    }),
  }),
  summary: ({ model }) => model || 'Embedding model of the connection',
  risk: 0,
  errors: [...modelErrors, 'TOO_LARGE'],
  example: { config: {}, inputs: { texts: ['Chai, 10 boxes', 'Chang, 24 bottles'] } },
});
