import { env } from '#server/env.ts';
import { chooseProvider } from '#server/models/choose-provider.ts';
import { pricedAs } from '#server/models/recorded-model.ts';
import type { ProjectSettings } from '#server/projects/settings.ts';

/** Whom a node would ask: its own model, else the project's, else the environment's. `rehearsal`: nobody, for free. */
export type AskedModel = { provider: string; model: string; rehearsal: boolean; pricedAs: string[] };

/** Says whom the nodes of a project would ask, by the model that they name. */
export async function askedModels(settings: ProjectSettings): Promise<(named: string) => AskedModel> {
  const provider = await chooseProvider(env());
  return (named) => {
    const model = named || settings.model || provider.defaultModel;
    return { provider: provider.name, model, rehearsal: provider.rehearsal, pricedAs: pricedAs(provider, model) };
  };
}
