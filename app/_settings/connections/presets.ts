import type { ConnectionRow } from '#server/connections/types.ts';

type Kind = ConnectionRow['kind'];
export type Preset = {
  value: string;
  label: string;
  kind: Kind;
  /** Where such a server usually is; null: it has one address, or nobody knows it. */
  baseUrl: string | null;
  hint: string;
};

/** Servers that speak OpenAI's protocol, with the address that they usually have. */
export const presets: readonly [Preset, ...Preset[]] = [
  { value: 'openai', label: 'OpenAI', kind: 'openai', baseUrl: null, hint: 'Needs a key from platform.openai.com.' },
  {
    value: 'ollama',
    label: 'Ollama',
    kind: 'compatible',
    baseUrl: 'http://127.0.0.1:11434/v1',
    hint: 'Needs no key. Start it with “ollama serve”.',
  },
  {
    value: 'vllm',
    label: 'vLLM',
    kind: 'compatible',
    baseUrl: 'http://127.0.0.1:8000/v1',
    hint: 'A key only where it was started with one.',
  },
  {
    value: 'lmstudio',
    label: 'LM Studio',
    kind: 'compatible',
    baseUrl: 'http://127.0.0.1:1234/v1',
    hint: 'Needs no key. Start its local server.',
  },
  {
    value: 'openrouter',
    label: 'OpenRouter',
    kind: 'compatible',
    baseUrl: 'https://openrouter.ai/api/v1',
    hint: 'Needs a key from openrouter.ai.',
  },
  {
    value: 'other',
    label: 'Another server that speaks OpenAI’s protocol',
    kind: 'compatible',
    baseUrl: null,
    hint: 'Its URL usually ends with /v1.',
  },
  {
    value: 'rehearsal',
    label: 'Rehearsal: offline, no language model',
    kind: 'rehearsal',
    baseUrl: null,
    hint: 'Answers at once and for free, for trying pipelines out.',
  },
];

/** Which of them a stored connection is. */
export function presetOf({ kind, baseUrl }: { kind: Kind; baseUrl: string | null }): Preset {
  const exact = presets.find((each) => each.kind === kind && each.baseUrl !== null && each.baseUrl === baseUrl);
  return exact ?? presets.find((each) => each.kind === kind && each.baseUrl === null) ?? presets[0];
}

/** What a connection is called where it is listed. */
export function providerLabel(of: { kind: Kind; baseUrl: string | null }): string {
  const { value, label } = presetOf(of);
  if (value === 'other') return 'OpenAI-compatible';
  return value === 'rehearsal' ? 'Rehearsal' : label;
}
