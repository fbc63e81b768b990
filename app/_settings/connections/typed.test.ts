import { describe, expect, it } from 'vitest';
import { presetOf, presets } from './presets.ts';
import { fieldsOf, problemsOf, typedOf, withPreset } from './typed.ts';

describe('the form of a connection', () => {
  it('knows where the usual servers are, and names the connection after them unless it was named', () => {
    const ollama = withPreset(typedOf(null), 'ollama');
    expect(ollama).toMatchObject({ name: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1' });
    expect(withPreset({ ...ollama, name: 'my-own' }, 'vllm')).toMatchObject({ name: 'my-own', preset: 'vllm' });
    for (const preset of presets) expect(presetOf(preset)).toBe(preset);
    expect(presetOf({ kind: 'compatible', baseUrl: 'http://box:9/v1' }).value).toBe('other');
  });

  it('keeps the stored key unless one is typed or it is to go', () => {
    expect(fieldsOf(typedOf(null))).not.toHaveProperty('key');
    expect(fieldsOf({ ...typedOf(null), key: ' sk-1 ' })).toMatchObject({ key: 'sk-1' });
    expect(fieldsOf({ ...typedOf(null), dropKey: true })).toMatchObject({ key: '' });
  });

  it('says which member is wrong', () => {
    expect(problemsOf(typedOf(null))).toEqual({});
    const other = { ...withPreset(typedOf(null), 'other'), name: 'My', baseUrl: 'ftp://x', tokensPerMinute: 'many' };
    expect(Object.keys(problemsOf(other))).toEqual(['name', 'baseUrl', 'tokensPerMinute']);
  });

  it('reads rates with separators, and nothing as not known', () => {
    expect(fieldsOf({ ...typedOf(null), requestsPerMinute: '10,000' })).toMatchObject({
      requestsPerMinute: 10_000,
      tokensPerMinute: null,
    });
  });
});
