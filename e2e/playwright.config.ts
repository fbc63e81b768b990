import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { browserOptions } from '#server/testing/browser.ts';
import { signedInFile } from './driver/signed-in.ts';

const output = path.join(import.meta.dirname, '..', 'test-results');
/** Set by whoever works on one feature: its specs without the story before them. */
const narrow = process.env.E2E_NARROW !== undefined;

export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: output,
  globalSetup: './global-setup.ts',
  // One installation has one operator: the specs share it, one after the other.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  // A busy machine can be slower than any patience: once more, and the report says so.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  // The story begins on an installation without an operator; the features are used by the one that it creates.
  projects: [
    { name: 'story', testMatch: 'story/**/*.spec.ts' },
    { name: 'operator', testMatch: 'operator.setup.ts', dependencies: narrow ? [] : ['story'] },
    {
      name: 'features',
      testMatch: '**/*.spec.ts',
      testIgnore: ['story/**', 'saving/offline.spec.ts'],
      dependencies: ['operator'],
      use: { storageState: signedInFile },
    },
    // Kills the server that all specs share: when nobody else is at work.
    {
      name: 'outages',
      testMatch: 'saving/offline.spec.ts',
      dependencies: ['features'],
      use: { storageState: signedInFile },
    },
  ],
  use: {
    // Set by the global setup, before the workers read this file again.
    baseURL: process.env.E2E_BASE_URL,
    browserName: 'chromium',
    launchOptions: await browserOptions(),
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A trace takes pictures of everything all the time: only where something is tried again.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
  },
});
