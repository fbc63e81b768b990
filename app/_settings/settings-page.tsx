'use client';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { PageBar, PageBody } from '#app/_shell/page.tsx';
import { useProject } from '#app/_shell/project.ts';
import { leave } from '#app/_shell/project-switcher.tsx';
import { Button } from '#app/_ui/button.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { TaskClasses } from './classes/task-classes.tsx';
import { Connections } from './connections/connections.tsx';
import { Group } from './group.tsx';
import { Mail } from './mail.tsx';
import { ProjectForm } from './project-form.tsx';
import { ThemeChoice } from './theme-choice.tsx';

/** What the operator sets for the project and for this browser, and what the installation is connected to. */
export function SettingsPage() {
  const project = useProject();
  return (
    <>
      <PageBar title="Settings" />
      <PageBody>
        <div className="mx-auto grid max-w-180 grid-cols-[minmax(0,1fr)] gap-8 px-6 py-6 max-phone:px-4">
          {project.isError && !project.data && <QueryFailure error={project.error} onRetry={() => project.refetch()} />}
          {project.isPending && <SkeletonRows rows={8} />}
          {project.data && (
            <>
              <ProjectForm key={project.data.id} project={project.data} />
              <Connections />
              <TaskClasses />
              <Mail connections={project.data.connections} />
            </>
          )}
          <Group title="This browser" lead="Kept here only.">
            <ThemeChoice />
            <div>
              <Button onClick={leave}>Sign out</Button>
            </div>
          </Group>
        </div>
      </PageBody>
    </>
  );
}
