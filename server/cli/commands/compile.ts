import { compile } from '#nodes/core/compile/compile.ts';
import { definitions } from '#nodes/index.gen.ts';
import { env } from '#server/env.ts';
import type { Answer, Command } from '../command.ts';
import { readGraph } from '../read-graph.ts';
import { UsageError } from '../usage.ts';

/** `compile FILE`: checks a graph. Needs no database. */
export const compileCommand: Command = {
  options: {},
  async run({ words: [file] }): Promise<Answer> {
    if (!file) throw new UsageError('compile needs a file: solograph compile FILE');
    const { SMTP_URL, OPENAI_API_KEY, OPENAI_BASE_URL } = env();
    const connections = {
      smtp: SMTP_URL !== undefined,
      model: OPENAI_API_KEY !== undefined || OPENAI_BASE_URL !== undefined,
    };
    const { program, diagnostics } = compile(readGraph(file), definitions, { connections });
    const ok = program !== null;
    const lines = diagnostics.map(
      (d) => `${d.severity} ${d.code} ${[d.nodeId, d.edgeId, d.field].filter(Boolean).join(' ')}\n  ${d.message}`,
    );
    return {
      json: { ok, programHash: program?.hash ?? null, diagnostics },
      text: [...lines, ok ? `ok, program ${program.hash}` : 'The graph has errors.'].join('\n'),
      exitCode: ok ? 0 : 1,
    };
  },
};
