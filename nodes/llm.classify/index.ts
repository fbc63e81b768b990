import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { instructionsField, modelFields, modelTask, sameNames, textInput } from '#nodes/core/model/fields.ts';
import { type Type, t } from '#nodes/core/types.ts';

const label = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(200)
    .meta({ title: 'Label', description: 'What is given where the text is of this kind.' }),
  description: z
    .string()
    .max(2_000)
    .default('')
    .meta({ title: 'When', description: 'Which texts it stands for, in words for the model.' }),
});

const config = z.strictObject({
  labels: z
    .array(label)
    .max(100)
    .default([])
    .meta({ title: 'Labels', description: 'One of these is given, and nothing else.' }),
  instructions: instructionsField('What else the model should know of such texts.'),
  ...modelFields(256),
});
export type Config = z.infer<typeof config>;

/** The labels as a type: a closed set, so that no text of the model or of strangers gets through. */
export function labelType({ labels }: Config): Type {
  return labels.length === 0 ? t.string() : t.string({ enum: [...new Set(labels.map(({ name }) => name))] });
}

function problemsOf({ labels }: Config): { field: string; message: string }[] {
  if (labels.length < 2)
    return [{ field: 'labels', message: 'There are fewer than two labels, so nothing is decided. Add labels.' }];
  return sameNames(
    'labels',
    'labels',
    labels.map(({ name }) => name),
  );
}

export default defineNode<Config>({
  ...modelTask,
  type: 'llm.classify',
  version: 1,
  title: 'Classify',
  description: 'Says which of a closed set of labels a text has. Only the label goes on, so it stops untrusted text.',
  icon: 'tags',
  config,
  inputs: () => ({
    text: textInput('What is to be classified.'),
  }),
  outcomes: (read) => ({ ok: t.object({ label: labelType(read) }) }),
  summary: ({ labels }) => {
    const names = labels.slice(0, 4).map(({ name }) => name);
    return labels.length === 0 ? 'No labels' : [...names, ...(labels.length > 4 ? ['…'] : [])].join(', ');
  },
  trust: 'sanitise',
  check: problemsOf,
  example: {
    config: {
      labels: [
        { name: 'order', description: 'They want to buy something' },
        { name: 'complaint', description: 'Something went wrong' },
        { name: 'other' },
      ],
    },
    inputs: { text: 'My parcel has not arrived. This is a complaint.' },
  },
});
