/**
 * Who may know whom (the layout of the house, as rules). A target is a path in this checkout, or `npm:name` for a
 * package, or `node:name` for a part of Node. `$1` in a target stands for what `from` captured.
 */
export type BoundaryRule = {
  name: string;
  why: string;
  from: RegExp;
  /** Files that the rule does not bind, each a decision. */
  except?: RegExp[];
  /** `value`: imports of types alone are free. */
  kind: 'any' | 'value';
} & ({ only: string[] } | { never: string[]; unless?: string[] });

const test = /\.test\.tsx?$|^nodes\/.+\/fixtures(?:\.ts$|\/)/;
const testing = /^(?:nodes|server)\/(?:.+\/)?testing\//;
const nodeType = /^nodes\/(?!core\/|testing\/)([^/]+)\//;

export const boundaryRules: BoundaryRule[] = [
  {
    name: 'core-stands-alone',
    why: 'the language runs in browser and server: nodes/core imports zod, the expression library and itself',
    from: /^nodes\/core\//,
    except: [test],
    kind: 'any',
    only: ['^nodes/core/', '^npm:zod$', '^npm:@marcbachmann/cel-js$'],
  },
  {
    name: 'node-knows-core-only',
    why: 'a node type is one folder: it imports nodes/core, itself and the libraries it needs',
    from: nodeType,
    except: [test],
    kind: 'any',
    never: ['^nodes/(?!core/|$1/)', '^server/', '^app/', '^prisma/', '^e2e/', '^npm:next$', '^npm:@?prisma'],
  },
  {
    name: 'node-does-no-io',
    why: 'the effect of a node goes through its context only, which is what makes it testable and replayable',
    from: nodeType,
    except: [test],
    kind: 'value',
    never: ['^node:', '^npm:(?:pg|undici|nodemailer|openai|chromadb|graphile-worker)$'],
  },
  {
    name: 'nodes-know-no-house',
    why: 'the pipeline language does not know the server, the pages or the database',
    from: /^nodes\//,
    kind: 'any',
    never: ['^server/', '^app/', '^prisma/', '^e2e/', '^npm:next$', '^npm:@?prisma'],
    unless: ['^prisma/seed/'],
  },
  {
    name: 'server-never-knows-pages',
    why: 'the machine works without its pages',
    from: /^server\//,
    // A test may ask a route whether it refuses a stranger.
    except: [test],
    kind: 'any',
    never: ['^app/', '^e2e/'],
  },
  {
    name: 'pages-never-run-nodes',
    why: 'effects are loaded by the worker, never by a browser',
    from: /^app\//,
    kind: 'any',
    never: ['^nodes/(?:.+/)?run\\.ts$', '^nodes/runs\\.gen\\.ts$'],
  },
  {
    name: 'pages-know-server-types-only',
    why: 'pages speak to the server through the API; only these files hand over to it',
    from: /^app\//,
    except: [/^app\/api\/(?:.+\/)?route\.ts$/, /^app\/\(app\)\/layout\.tsx$/],
    kind: 'value',
    never: ['^server/'],
  },
  {
    name: 'prisma-in-one-place',
    why: 'the database client is a matter of server/db; everyone else asks it',
    from: /^/,
    except: [/^server\/db\//, /^prisma\/seed\//, /^prisma\.config\.ts$/],
    kind: 'value',
    never: ['^server/db/prisma/', '^npm:@?prisma(?:$|/)'],
    unless: ['^server/db/prisma/enums\\.ts$'],
  },
  {
    name: 'adapters-chosen-in-two-places',
    why: 'only the composition roots choose concrete adapters; everyone else sees capabilities',
    from: /^server\/(?!adapters\/)/,
    except: [test, testing, /^server\/engine\/(?:worker|context)\.ts$/],
    kind: 'value',
    never: ['^server/adapters/'],
    // Says that a call was cancelled; chooses nothing.
    unless: ['^server/adapters/abort\\.ts$'],
  },
  {
    name: 'tests-stay-out',
    why: 'what ships does not depend on what tests it',
    from: /^(?:nodes|server|app)\//,
    except: [test, testing, /^server\/(?:bench|chaos|simulate)\//, /^server\/boot\/test(?:-[a-z-]+)?\.ts$/],
    kind: 'any',
    never: [
      '\\.test\\.tsx?$',
      '^(?:nodes|server)/(?:.+/)?testing/',
      '^npm:vitest$',
      '^npm:@?playwright',
      '^npm:fast-check$',
    ],
  },
];

/** No file is longer than this; generated code and migrations are not counted. */
export const longestFileLines = 500;
export const measured = /\.(?:ts|tsx|mjs|css)$/;
export const notMeasured = /\.gen\.ts$|^prisma\/migrations\//;
