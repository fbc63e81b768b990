import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { idSchema } from '#nodes/core/graph.ts';
import { instructionsField, modelFields, modelTask, sameNames, textInput } from '#nodes/core/model/fields.ts';
import { t } from '#nodes/core/types.ts';

const criterion = z.strictObject({
  name: idSchema.meta({ title: 'Name', description: 'What the score of it is called.' }),
  description: z
    .string()
    .max(2_000)
    .default('')
    .meta({ title: 'What counts', description: 'What a good text has, in words for the model.' }),
  weight: z
    .number()
    .positive()
    .max(1_000)
    .default(1)
    .meta({ title: 'Weight', description: 'How much it counts beside the others.' }),
});
export type Criterion = z.infer<typeof criterion>;

const config = z.strictObject({
  criteria: z
    .array(criterion)
    .max(30)
    .default([])
    .meta({ title: 'Criteria', description: 'Each is scored by itself, with a reason.' }),
  best: z.int().min(1).max(100).default(10).meta({ title: 'Best score', description: 'Scores go from 0 to this.' }),
  passAt: z
    .number()
    .min(0)
    .max(100)
    .default(7)
    .meta({ title: 'Passes at', description: 'The weighted score from which it leaves by pass.' }),
  instructions: instructionsField('What else the judge should know.'),
  ...modelFields(2_048),
});
export type Config = z.infer<typeof config>;

const judged = ({ best }: Config) =>
  t.object({
    score: t.number({ minimum: 0, maximum: best }),
    criteria: t.array(
      t.object({ name: t.string(), score: t.number({ minimum: 0, maximum: best }), reason: t.string() }),
    ),
  });

function problemsOf({ criteria, best, passAt }: Config): { field: string; message: string }[] {
  if (criteria.length === 0)
    return [{ field: 'criteria', message: 'Nothing says what a good text is. Add a criterion.' }];
  return [
    ...sameNames(
      'criteria',
      'criteria',
      criteria.map(({ name }) => name),
    ),
    ...(passAt > best
      ? [{ field: 'passAt', message: `Nothing can reach ${passAt}: the best score is ${best}. Lower it.` }]
      : []),
  ];
}

export default defineNode<Config>({
  ...modelTask,
  type: 'llm.judge',
  version: 1,
  title: 'Judge',
  description: 'Scores a text by criteria, each with a reason, and says whether it passes.',
  icon: 'gavel',
  config,
  inputs: () => ({
    text: textInput('What is judged.'),
    context: {
      type: t.nullable(t.string({ format: 'multiline' })),
      title: 'Context',
      description: 'What the text was to be: the request, the facts.',
      required: false,
    },
  }),
  outcomes: (read) => ({ pass: judged(read), fail: judged(read) }),
  summary: ({ criteria, best, passAt }) =>
    criteria.length === 0 ? 'No criteria' : `${criteria.length} criteria, passes at ${passAt} of ${best}`,
  check: problemsOf,
  example: {
    config: {
      criteria: [
        { name: 'polite', description: 'It is friendly and addresses the person by name' },
        { name: 'correct', description: 'It says nothing that the context does not say', weight: 3 },
      ],
    },
    inputs: { text: 'Dear Maria, your Chai was sent on Monday.', context: 'Chai, sent on 2026-01-12' },
  },
});
