'use client';
import { Field } from '#app/_ui/field.tsx';
import { plural } from '#app/_ui/format.ts';
import { lazyPart } from '#app/_ui/lazy-part.ts';
import { UnloadedHere } from '#app/_ui/unloaded.tsx';
import { WhenIdle } from '#app/_ui/when-idle.tsx';
import { PinsList } from '../pins/pins-list.tsx';
import { useGraph, useSession } from '../session/context.ts';
import { OldNodes } from '../versions/upgrade/old-nodes.tsx';
import { TypedInput, TypedTextarea } from './fields/typed-input.tsx';
import { InspectorSection } from './section.tsx';
import { Versions } from './versions.tsx';

const PipelineSettings = lazyPart(async () => (await import('./pipeline-settings.tsx')).PipelineSettings, UnloadedHere);

const PromptsList = lazyPart(async () => (await import('./prompts/prompts-list.tsx')).PromptsList, UnloadedHere);

/** Nothing is selected: the pipeline itself. */
export function PipelineInspector() {
  const session = useSession();
  const name = useGraph((graph) => graph.name);
  const description = useGraph((graph) => graph.description);
  const nodes = useGraph((graph) => graph.nodes.length);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <InspectorSection name="pipeline" title="Pipeline" aside={plural(nodes, 'node')}>
        <div className="grid grid-cols-1 gap-3">
          <Field label="Name">
            {(control) => (
              <TypedInput
                {...control}
                maxLength={200}
                value={name}
                onText={(text) => {
                  if (text !== '') session.document.dispatch({ kind: 'set-name', name: text });
                }}
              />
            )}
          </Field>
          <Field label="Description">
            {(control) => (
              <TypedTextarea
                {...control}
                maxLength={10_000}
                placeholder="What it does, and for whom"
                value={description}
                onText={(text) => session.document.dispatch({ kind: 'set-description', description: text })}
              />
            )}
          </Field>
        </div>
      </InspectorSection>
      <OldNodes />
      <InspectorSection name="settings" title="Runs and failures">
        <div className="min-h-40">
          <WhenIdle>
            <PipelineSettings />
          </WhenIdle>
        </div>
      </InspectorSection>
      <InspectorSection name="prompts" title="Prompts">
        <div className="min-h-16">
          <WhenIdle>
            <PromptsList />
          </WhenIdle>
        </div>
      </InspectorSection>
      <PinsList />
      <InspectorSection name="history" title="Versions">
        <Versions />
      </InspectorSection>
    </div>
  );
}
