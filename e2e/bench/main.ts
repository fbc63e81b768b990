import { parseArgs } from 'node:util';
import type { Bench } from '#server/bench/bench.ts';

const benches: Record<string, () => Promise<Bench>> = {
  editor: async () => (await import('./editor/editor.ts')).editor,
  engine: async () => (await import('#server/bench/engine/engine.ts')).engine,
  recall: async () => (await import('#server/bench/recall/recall.ts')).recall,
  live: async () => (await import('#server/bench/live.ts')).live,
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const load = benches[positionals[0] ?? ''];
if (!load) {
  process.stderr.write(`bench needs a name: npm run bench -- ${Object.keys(benches).join('|')} [--json]\n`);
  process.exit(2);
}
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const { json, text, met } = await (await load())(say);
await new Promise((resolve) => process.stdout.write(`${values.json ? JSON.stringify(json) : text}\n`, resolve));
process.exit(met ? 0 : 1);
