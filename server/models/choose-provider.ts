import type { Env } from '#server/env.ts';
import type { ModelProvider } from './provider.ts';
import { rehearsalProvider } from './rehearsal/rehearsal-provider.ts';

export type ModelEnv = Pick<Env, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_MODEL'>;

/** The provider that the environment names: OpenAI's protocol with a key or a URL, else the offline rehearsal. */
export async function chooseProvider(env: ModelEnv): Promise<ModelProvider> {
  if (!env.OPENAI_API_KEY && !env.OPENAI_BASE_URL) return rehearsalProvider();
  const { openAiProvider } = await import('./openai/openai-provider.ts');
  return openAiProvider({
    apiKey: env.OPENAI_API_KEY,
    baseUrl: env.OPENAI_BASE_URL,
    defaultModel: env.OPENAI_MODEL,
  });
}
