import { describe, expect, it } from 'vitest';
import { type ClassSettings, cacheWords, problemsOf, settingsOf, typedOf } from './typed.ts';

const usual: ClassSettings = {
  model: '',
  fallbacks: [],
  temperature: null,
  maxOutputTokens: null,
  timeoutMs: null,
  concurrency: null,
  cacheMs: null,
  batchEndpoint: false,
};

describe('the form of a kind of work', () => {
  it('stores again what it was filled from', () => {
    const set: ClassSettings = {
      model: 'own:m-1',
      fallbacks: ['own:m-2', 'environment:'],
      temperature: 0.2,
      maxOutputTokens: 2_000,
      timeoutMs: 30_000,
      concurrency: 4,
      cacheMs: 36 * 3_600_000,
      batchEndpoint: true,
    };
    expect(settingsOf(typedOf(set), set)).toEqual(set);
    expect(settingsOf(typedOf(usual), usual)).toEqual(usual);
    expect([cacheWords(set), cacheWords({ ...set, cacheMs: 86_400_000 })]).toEqual(['36 hours', '1 day']);
    expect(typedOf(set)).toMatchObject({ cacheFor: '36', cacheUnit: 'hours', timeoutS: '30' });
  });

  it('says which member is wrong', () => {
    expect(problemsOf(typedOf(usual))).toEqual({});
    const wrong = {
      ...typedOf(usual),
      temperature: '3',
      maxOutputTokens: '1.5',
      timeoutS: 'soon',
      concurrency: '0',
      cache: true,
      cacheFor: '0',
      fallbacks: 'a\nb\nc\nd\ne\nf',
    };
    expect(Object.keys(problemsOf(wrong)).sort()).toEqual(
      ['temperature', 'maxOutputTokens', 'timeoutS', 'concurrency', 'cacheFor', 'fallbacks'].sort(),
    );
  });
});
