import type { RouterInputs } from '#server/api/root.ts';
import type { ConnectionRow } from '#server/connections/types.ts';
import { type Preset, presetOf, presets } from './presets.ts';

/** A connection as it stands in the form. */
export type Typed = {
  preset: string;
  name: string;
  baseUrl: string;
  key: string;
  /** The stored key is to go. */
  dropKey: boolean;
  model: string;
  embeddingModel: string;
  isDefault: boolean;
  requestsPerMinute: string;
  tokensPerMinute: string;
};
type Fields = Omit<RouterInputs['connections']['create'], 'projectId'>;

/** Fills the form from a stored connection, or for a new one. */
export function typedOf(stored: ConnectionRow | null): Typed {
  const rate = (value: number | null | undefined): string => (value == null ? '' : String(value));
  return {
    preset: (stored ? presetOf(stored) : presets[0]).value,
    name: stored?.name ?? presets[0].value,
    baseUrl: stored?.baseUrl ?? '',
    key: '',
    dropKey: false,
    model: stored?.model ?? '',
    embeddingModel: stored?.embeddingModel ?? '',
    isDefault: stored?.isDefault ?? false,
    requestsPerMinute: rate(stored?.requestsPerMinute),
    tokensPerMinute: rate(stored?.tokensPerMinute),
  };
}

export const chosen = (typed: Typed): Preset => presets.find(({ value }) => value === typed.preset) ?? presets[0];

/** Another provider: its usual address, and its name where none of one's own was typed. */
export function withPreset(typed: Typed, next: string): Typed {
  const named = presets.some(({ value }) => value === typed.name) || typed.name === '';
  const { baseUrl } = chosen({ ...typed, preset: next });
  return { ...typed, preset: next, baseUrl: baseUrl ?? '', name: named && next !== 'other' ? next : typed.name };
}

export type Problems = Partial<Record<'name' | 'baseUrl' | 'requestsPerMinute' | 'tokensPerMinute', string>>;

const nameForm = /^[a-z][a-z0-9-]{0,39}$/;
const rateWrong = 'A whole number, or nothing where it is not known.';

export function problemsOf(typed: Typed): Problems {
  const needsUrl = chosen(typed).kind === 'compatible';
  const protocol = URL.parse(typed.baseUrl.trim())?.protocol ?? '';
  return {
    ...(nameForm.test(typed.name.trim()) ? {} : { name: 'Small letters, digits and -, beginning with a letter.' }),
    ...(needsUrl && !/^https?:$/.test(protocol) ? { baseUrl: 'A URL that starts with http:// or https://.' } : {}),
    ...(rateOf(typed.requestsPerMinute) === undefined ? { requestsPerMinute: rateWrong } : {}),
    ...(rateOf(typed.tokensPerMinute) === undefined ? { tokensPerMinute: rateWrong } : {}),
  };
}

/** What to store of a filled form. */
export function fieldsOf(typed: Typed): Fields {
  const { kind } = chosen(typed);
  const { key, dropKey } = typed;
  return {
    name: typed.name.trim(),
    kind,
    baseUrl: kind === 'compatible' ? typed.baseUrl.trim() : null,
    model: typed.model.trim(),
    embeddingModel: typed.embeddingModel.trim(),
    ...(key.trim() !== '' ? { key: key.trim() } : dropKey ? { key: '' } : {}),
    isDefault: typed.isDefault,
    requestsPerMinute: rateOf(typed.requestsPerMinute) ?? null,
    tokensPerMinute: rateOf(typed.tokensPerMinute) ?? null,
  };
}

/** Null: not known. Undefined: it is no number. */
function rateOf(text: string): number | null | undefined {
  const plain = text.trim().replaceAll(/[\s,_]/g, '');
  if (plain === '') return null;
  return /^[1-9]\d{0,8}$/.test(plain) ? Number(plain) : undefined;
}
