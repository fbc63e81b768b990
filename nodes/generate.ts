/**
 * Writes what is derived from the code: the index of node types, the lazy index of their effects, the icons that they name,
 * the published JSON Schema of the graph document and the table of diagnostics. `--check` writes nothing and fails when a file is stale.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { diagnosticCodes } from './core/diagnostics.ts';
import { graphSchema } from './core/graph.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const banner = '// Written by nodes/generate.ts. Do not edit.\n';

/** Folder names of all node types, sorted. */
export function nodeTypes(): string[] {
  return fs
    .readdirSync(path.join(root, 'nodes'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && fs.existsSync(path.join(root, 'nodes', entry.name, 'run.ts')))
    .map((entry) => entry.name)
    .sort();
}

/** Path from the root → content of every generated file. */
export function generated(): Record<string, string> {
  const types = nodeTypes();
  return {
    'nodes/index.gen.ts': indexOf(types),
    'nodes/runs.gen.ts': runsOf(types),
    'app/_ui/node-icons.gen.ts': iconsOf(types),
    'public/schema/graph-v1.json': `${JSON.stringify(graphJsonSchema(), null, 2)}\n`,
    'docs/diagnostics.md': diagnosticsTable(),
  };
}

/** Paths of generated files whose content is not what it should be. */
export function stale(): string[] {
  return Object.entries(generated()).flatMap(([file, content]) => {
    const at = path.join(root, file);
    return fs.existsSync(at) && fs.readFileSync(at, 'utf8') === content ? [] : [file];
  });
}

function indexOf(types: string[]): string {
  const imports = types.map((type) => `import ${identifier(type)} from './${type}/index.ts';\n`).join('');
  const list = types.map((type) => `  ${identifier(type)},\n`).join('');
  return `${banner}import type { AnyNodeDeclaration, NodeDefinitions } from './core/define-node.ts';\n${imports}
const all: AnyNodeDeclaration[] = [\n${list}];\n
/** Every node type of this software, by name. */
export const definitions: NodeDefinitions = new Map(all.map((declaration) => [declaration.type, declaration]));\n`;
}

function runsOf(types: string[]): string {
  const lines = types.map((type) => `  '${type}': () => import('./${type}/run.ts'),\n`).join('');
  return `${banner}import type { AnyNodeRun } from './core/define-node.ts';\n
/** What each node type does, loaded when a worker first needs it. */
export const loadRun: Record<string, () => Promise<{ default: AnyNodeRun }>> = {\n${lines}};\n`;
}

/** Icons that pages show beside those of node types. */
const furtherIcons = ['box', 'circle-question-mark', 'triangle-alert'];

function iconsOf(types: string[]): string {
  const declared = types.flatMap((type) => {
    const source = fs.readFileSync(path.join(root, 'nodes', type, 'index.ts'), 'utf8');
    return /^ {2}icon: '([a-z0-9-]+)',$/m.exec(source)?.[1] ?? [];
  });
  const names = [...new Set([...declared, ...furtherIcons])].sort();
  const imports = names.map((name) => `  ${component(name)},\n`).join('');
  const list = names.map((name) => `  '${name}': ${component(name)},\n`).join('');
  return `${banner}import {\n${imports}  type LucideIcon,\n} from 'lucide-react';\n
/** The icons that node types name, and no others: each one is part of every page's first load. */
export const nodeIcons: Readonly<Record<string, LucideIcon>> = {\n${list}};\n`;
}

/** `user-check` → `UserCheck`, as lucide names its components. */
const component = (icon: string): string => icon.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());

const identifier = (type: string): string =>
  type.replace(/[^A-Za-z0-9]+(.)/g, (_, letter: string) => letter.toUpperCase());

function graphJsonSchema(): unknown {
  const schema = z.toJSONSchema(graphSchema, { io: 'input', unrepresentable: 'any' });
  return {
    ...schema,
    $id: 'https://solograph.invalid/schema/graph-v1.json',
    title: 'Solograph graph document, version 1',
  };
}

function diagnosticsTable(): string {
  const rows = Object.entries(diagnosticCodes).map(
    ([code, { severity, title, help }]) => `| \`${code}\` | ${severity} | ${title}. | ${help} |\n`,
  );
  return `# Diagnostics of the compiler\n\nEvery finding has one of these codes, a severity, the address of the node, edge or field, and a message that says what to do.\nA graph with an error does not run; warnings and information do not stop it. This page is written from \`nodes/core/diagnostics.ts\`.\n\n| code | severity | what it means | what to do |\n|---|---|---|---|\n${rows.join('')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const files = stale();
    if (files.length > 0) {
      process.stderr.write(`Stale: ${files.join(', ')}. Run: node nodes/generate.ts\n`);
      process.exit(1);
    }
  } else {
    for (const [file, content] of Object.entries(generated())) {
      fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      fs.writeFileSync(path.join(root, file), content);
    }
  }
}
