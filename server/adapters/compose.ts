import type { Pool } from 'pg';
import type { Capabilities } from '#nodes/core/capabilities.ts';
import type { Env } from '#server/env.ts';
import { openVectorIndex, type VectorIndex } from '#server/memory/chroma.ts';
import { chooseProvider, type ModelEnv } from '#server/models/choose-provider.ts';
import { type ModelSource, modelSource } from '#server/models/model-source.ts';
import { syncPrices } from '#server/models/prices.ts';
import type { ModelProvider } from '#server/models/provider.ts';
import { recordedModel } from '#server/models/recorded-model.ts';
import { type KeySource, keyRing } from '#server/secrets/key-ring.ts';
import { createEntitiesCapability } from './entities.ts';
import { createEventsCapability } from './events.ts';
import { createFilesCapability } from './files.ts';
import { createHttpCapability } from './http/create-http.ts';
import { fetchSource } from './http/fetch-source.ts';
import { createMailCapability, type MailDeps } from './mail/create-mail.ts';
import { openMailTransport } from './mail/transport.ts';
import { createMemoryCapability } from './memory.ts';
import type { StepScope } from './step-scope.ts';

export type AdapterEnv = ModelEnv & Pick<Env, 'CHROMA_URL' | 'SMTP_URL' | 'MAIL_FROM'> & KeySource;

/** What a process opens once and its steps share. */
export type Adapters = MailDeps & {
  chroma: VectorIndex;
  /** What the environment names. */
  provider: ModelProvider;
  fetchSource: typeof fetchSource;
  /** The same, and the connections of projects. */
  models: ModelSource;
  close(): Promise<void>;
};

/** Opens the adapters that the environment names, and writes the shipped prices. Connections are made when needed. */
export async function openAdapters(env: AdapterEnv, db: Pool): Promise<Adapters> {
  await syncPrices(db);
  const chroma = openVectorIndex(env.CHROMA_URL);
  const mail = env.SMTP_URL ? { transport: openMailTransport(env.SMTP_URL), server: new URL(env.SMTP_URL).host } : null;
  const provider = await chooseProvider(env);
  return {
    chroma,
    fetchSource,
    provider,
    models: modelSource(db, provider, () => keyRing(env)),
    mail,
    mailFrom: env.MAIL_FROM,
    async close() {
      mail?.transport.close();
    },
  };
}

/** The capabilities of one attempt of one step. */
export function createCapabilities(adapters: Adapters, step: StepScope): Capabilities {
  return {
    files: createFilesCapability(step),
    model: recordedModel(adapters.models, step),
    memory: createMemoryCapability(adapters, step),
    entities: createEntitiesCapability(step),
    mail: createMailCapability(adapters, step),
    http: createHttpCapability(step),
    events: createEventsCapability(step),
  };
}
