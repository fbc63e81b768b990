import type { FilesCapability } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { StepScope } from './step-scope.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Files of the step's project, read from Postgres. A file of another project is not found. */
export function createFilesCapability(step: StepScope): FilesCapability {
  return {
    async read(ref, { maxBytes }) {
      const name = JSON.stringify(ref.name);
      const gone = () =>
        new NodeError('FILE_NOT_FOUND', `The file ${name} is not in this project. Upload it again.`, {
          happened: 'no',
        });
      if (!uuid.test(ref.id)) throw gone();
      const { rows } = await step.db.query<{ bytes: number; content: Buffer | null }>(
        `select bytes, case when octet_length(content) <= $3 then content end as content
           from stored_file where id = $1 and project_id = $2`,
        [ref.id, step.projectId, maxBytes],
      );
      const file = rows[0];
      if (!file) throw gone();
      if (file.content === null)
        throw new NodeError(
          'TOO_LARGE',
          `The file ${name} has ${file.bytes} bytes; ${maxBytes} at most. Split it, or raise the limit of the node.`,
          { happened: 'no' },
        );
      return file.content;
    },
  };
}
