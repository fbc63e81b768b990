import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/.next/**', '**/.solograph/**', 'e2e/**'];

export default defineConfig({
  test: {
    passWithNoTests: true,
    coverage: {
      provider: 'v8',
      include: ['nodes/core/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**', '**/fixtures/**'],
      reporter: ['text', 'json-summary'],
      thresholds: { 'nodes/core/**': { lines: 100, functions: 100, branches: 100, statements: 100 } },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{nodes,server,app}/**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.int.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{nodes,server,app,prisma}/**/*.int.test.ts'],
          exclude,
          globalSetup: ['server/testing/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
