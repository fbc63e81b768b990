import type { FilesCapability } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { respond, type WorldState } from './state.ts';

/** Files kept in memory, by the id of their reference. */
export function filesIn(state: WorldState): FilesCapability {
  return {
    async read(ref, { maxBytes }) {
      await respond(state);
      const bytes = state.files.get(ref.id);
      if (!bytes) throw new NodeError('FILE_NOT_FOUND', `The file "${ref.name}" is not there any more.`);
      if (bytes.byteLength > maxBytes)
        throw new NodeError('TOO_LARGE', `The file "${ref.name}" has ${bytes.byteLength} bytes; ${maxBytes} at most.`);
      return bytes;
    },
  };
}
