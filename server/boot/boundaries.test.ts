import { describe, expect, it } from 'vitest';
import { checkFile } from './boundaries.ts';

const rulesBroken = (file: string, source: string) => checkFile(file, source).map(({ rule }) => rule);

describe('module boundaries', () => {
  it.each([
    ['core-stands-alone', 'nodes/core/step.ts', `import { pick } from 'lodash';`],
    ['core-stands-alone', 'nodes/core/step.ts', `import type { Csv } from '#nodes/data.csv/index.ts';`],
    ['core-stands-alone', 'nodes/core/step.ts', `import fs from 'node:fs';`],
    ['core-stands-alone', 'nodes/core/compile/emit.ts', `export * from '../../output/index.ts';`],
    ['node-knows-core-only', 'nodes/data.csv/run.ts', `import { x } from '../email.send/run.ts';`],
    ['node-knows-core-only', 'nodes/data.csv/inspector.tsx', `import type { X } from '#app/_ui/button.tsx';`],
    ['node-knows-core-only', 'nodes/data.csv/run.ts', `import { cookies } from 'next/headers';`],
    ['node-knows-core-only', 'nodes/data.csvx/run.ts', `import { x } from '#nodes/data.csv/run.ts';`],
    ['node-does-no-io', 'nodes/http.request/run.ts', `import { fetch } from 'undici';`],
    ['node-does-no-io', 'nodes/http.request/run.ts', `const dns = await import('node:dns');`],
    ['nodes-know-no-house', 'nodes/index.gen.ts', `import { env } from '#server/env.ts';`],
    ['nodes-know-no-house', 'nodes/core/step.test.ts', `import { PrismaClient } from '@prisma/client';`],
    ['server-never-knows-pages', 'server/runs/start-run.ts', `import type { Props } from '#app/page.tsx';`],
    ['server-never-knows-pages', 'server/runs/start-run.ts', `import { x } from '../../app/_ui/time.tsx';`],
    ['pages-never-run-nodes', 'app/_editor/run.tsx', `import('#nodes/data.csv/run.ts');`],
    ['pages-never-run-nodes', 'app/_editor/run.tsx', `import { runs } from '#nodes/runs.gen.ts';`],
    ['pages-know-server-types-only', 'app/_runs/list.tsx', `import { listRuns } from '#server/runs/list-runs.ts';`],
    ['pages-know-server-types-only', 'app/_runs/list.tsx', `import { type Run } from '#server/runs/list-runs.ts';`],
    ['pages-know-server-types-only', 'app/route.ts', `export { GET } from '#server/api/handle-trpc.ts';`],
    ['prisma-in-one-place', 'server/runs/start-run.ts', `import { PrismaClient } from '#server/db/prisma/client.ts';`],
    ['prisma-in-one-place', 'e2e/driver.ts', `import { PrismaPg } from '@prisma/adapter-pg';`],
    ['adapters-chosen-in-two-places', 'server/runs/x.ts', `import { smtp } from '#server/adapters/mail/smtp.ts';`],
    ['tests-stay-out', 'server/runs/x.ts', `import { testDatabase } from '#server/testing/database.ts';`],
    ['tests-stay-out', 'app/_ui/button.tsx', `import { vi } from 'vitest';`],
  ])('finds a break of %s in %s', (rule, file, source) => {
    expect(rulesBroken(file, source)).toContain(rule);
  });

  it.each([
    ['nodes/core/step.ts', `import { z } from 'zod'; import { y } from './types.ts';`],
    ['nodes/core/expr.ts', `import { Environment } from '@marcbachmann/cel-js';`],
    ['nodes/core/step.test.ts', `import fc from 'fast-check'; import { csv } from '#nodes/data.csv/index.ts';`],
    [
      'nodes/data.csv/run.ts',
      `import iconv from 'iconv-lite'; import { x } from './decode.ts'; import '#nodes/core/json.ts';`,
    ],
    ['nodes/data.csv/fixtures.ts', `import { nodeCase } from '../testing/node-case.ts';`],
    ['nodes/index.gen.ts', `import * as csv from './data.csv/index.ts';`],
    [
      'server/runs/start-run.ts',
      `import { compile } from '#nodes/core/compile.ts'; import { db } from '#server/db/client.ts';`,
    ],
    ['server/db/client.ts', `import { PrismaClient } from './prisma/client.ts';`],
    ['server/runs/x.ts', `import type { Run } from '#server/db/prisma/client.ts';`],
    ['server/engine/worker.ts', `import { openAdapters } from '#server/adapters/compose.ts';`],
    ['app/_runs/list.tsx', `import type { Run } from '#server/runs/list-runs.ts'; const x = <p />;`],
    ['app/api/trpc/[trpc]/route.ts', `import { handleTrpc } from '#server/api/handle-trpc.ts';`],
  ])('lets %s import what it may', (file, source) => {
    expect(checkFile(file, source)).toEqual([]);
  });

  it('says the line, what was imported and why not', () => {
    const [found] = checkFile('nodes/core/a.ts', `import { z } from 'zod';\n\nimport fs from 'node:fs';`);
    expect(found).toMatchObject({ file: 'nodes/core/a.ts' });
    expect(found?.problem).toMatch(/^line 3 imports node:fs: the language runs/);
  });

  it('does not take text for an import', () => {
    expect(checkFile('nodes/core/a.ts', `const text = "import fs from 'node:fs'"; // import 'pg'`)).toEqual([]);
  });

  it('finds a file over 500 lines, unless it is generated or a migration', () => {
    const long = 'export {};\n'.repeat(501);
    expect(rulesBroken('server/runs/x.ts', long)).toEqual(['file-size']);
    expect(rulesBroken('app/globals.css', long)).toEqual(['file-size']);
    expect(rulesBroken('server/runs/x.ts', 'export {};\n'.repeat(500))).toEqual([]);
    expect(rulesBroken('nodes/index.gen.ts', long)).toEqual([]);
  });

  it('refuses a file that it cannot read instead of passing it', () => {
    expect(() => checkFile('nodes/core/a.ts', 'import {')).toThrow(/nodes\/core\/a.ts cannot be parsed/);
  });
});
