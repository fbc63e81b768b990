import type { Capabilities, FileRef } from '#nodes/core/capabilities.ts';
import type { NodeContext } from '#nodes/core/define-node.ts';
import { NodeError, toNodeError } from '#nodes/core/errors.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { runnableConfig } from '#nodes/core/node-versions.ts';
import type { State } from '#nodes/core/program.ts';
import { checkValue, type Type } from '#nodes/core/types.ts';
import { definitions } from '#nodes/index.gen.ts';
import { loadRun } from '#nodes/runs.gen.ts';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { storable } from '#server/engine/storable.ts';
import { AppError } from '#server/errors.ts';

/**
 * Reads what a run is started with as its trigger declares it: defaults filled in, every field checked, files there.
 * Errors: INPUT_INVALID, naming the field.
 */
export async function readInput(scope: Scope, trigger: State, given: Json): Promise<JsonObject> {
  if (given === null || typeof given !== 'object' || Array.isArray(given))
    throw new AppError('INPUT_INVALID', 'The input of a run is an object with a member for each field.');
  const input = await asTrigger(trigger, given);
  await requireFiles(scope, input);
  return input;
}

async function asTrigger(trigger: State, given: JsonObject): Promise<JsonObject> {
  const load = loadRun[trigger.type];
  if (!load) throw new AppError('INPUT_INVALID', `This software has no trigger of the type "${trigger.type}".`);
  const node = (await load()).default;
  const inputs = JSON.parse(storable(given)) as JsonObject;
  try {
    const config = runnableConfig(definitions.get(trigger.type), trigger);
    const result = await node.run(bareContext(), { config, inputs });
    if (result.kind !== 'done') throw new NodeError('OUTPUT_INVALID', `"${trigger.id}" does not start a run.`);
    refuseMisfit(trigger.outcomeTypes[result.outcome], result.output);
    return result.output as JsonObject;
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const failure = toNodeError(thrown);
    // A trigger may stumble over what is missing altogether; its declared type says what that is.
    if (failure.code === 'INTERNAL') refuseMisfit(Object.values(trigger.outcomeTypes)[0], inputs);
    if (failure.code === 'INTERNAL') throw thrown;
    throw new AppError('INPUT_INVALID', failure.message, { cause: thrown });
  }
}

function refuseMisfit(type: Type | undefined, value: Json): void {
  const problem = type ? checkValue(type, value) : null;
  if (problem)
    throw new AppError(
      'INPUT_INVALID',
      `${problem.path || 'The input'}: expected ${problem.expected}, got ${problem.got}.`,
    );
}

/** A trigger reads what it is given and asks for nothing of the outside. */
function bareContext(): NodeContext {
  const refuse = (): never => {
    throw new NodeError('NOT_CONFIGURED', 'A trigger may not ask for anything of the outside.', { happened: 'no' });
  };
  const nothing: Capabilities = {
    files: { read: refuse },
    model: { generate: refuse, embed: refuse },
    memory: { recall: refuse, remember: refuse, forget: refuse, hold: refuse, held: refuse },
    entities: { find: refuse, upsert: refuse, restore: refuse },
    mail: { send: refuse },
    http: { request: refuse },
    events: { send: refuse },
  };
  return {
    ...nothing,
    signal: new AbortController().signal,
    idempotencyKey: '',
    attempt: 1,
    now: Date.now,
    explain: () => {},
    log: () => {},
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function requireFiles(scope: Scope, input: JsonObject): Promise<void> {
  const files = Object.entries(input).flatMap(([field, value]) => (isFile(value) ? [{ field, file: value }] : []));
  if (files.length === 0) return;
  const ids = files.map(({ file }) => file.id).filter((id) => uuid.test(id));
  const rows = await query<{ id: string }>(
    'select id from stored_file where project_id = $1 and id = any($2::uuid[])',
    [scope.projectId, ids],
  );
  const known = new Set(rows.map((row) => row.id));
  const missing = files.find(({ file }) => !known.has(file.id));
  if (missing)
    throw new AppError(
      'INPUT_INVALID',
      `${missing.field}: the file "${missing.file.name}" is not in this project. Upload it again.`,
    );
}

function isFile(value: Json | undefined): value is FileRef {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && value.kind === 'file';
}
