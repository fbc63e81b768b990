import { pending } from '#server/api/pending.ts';

export function installTemplate(args: {
  projectId: string;
  name: string;
  actor: string;
}): Promise<{ pipelineId: string }> {
  return pending();
}
