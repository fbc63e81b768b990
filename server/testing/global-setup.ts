import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { planChroma, waitForChroma } from '#server/boot/chroma.ts';
import { createGuardian, type Guardian } from '#server/boot/guardian.ts';
import { prepareHome } from '#server/boot/home.ts';
import { planPostgres, postgresSpec, postgresUrl, waitForPostgres } from '#server/boot/postgres.ts';
import { migrate } from '#server/db/migrate.ts';
import './provided.ts';

const template = 'solograph_template';
const startMs = 60_000;

/** Starts one Postgres, with a migrated template database, and one Chroma for all integration tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'solograph-test-'));
  fs.chmodSync(home, 0o711);
  prepareHome(home);
  const guardian = createGuardian(path.join(home, 'logs', 'guard.log'));
  const teardown = async () => {
    await guardian.stopAll();
    fs.rmSync(home, { recursive: true, force: true });
  };
  try {
    const [postgres, chromaUrl] = await Promise.all([startPostgres(guardian, home), startChroma(guardian, home)]);
    project.provide('postgres', postgres);
    project.provide('chromaUrl', chromaUrl);
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

async function startPostgres(guardian: Guardian, home: string): Promise<{ url: string; template: string }> {
  const plan = await planPostgres(home, { durable: false });
  await guardian.start(postgresSpec(plan));
  await waitForPostgres(plan, AbortSignal.timeout(startMs));
  const url = postgresUrl(plan);
  await onServer(url, `create database ${template}`);
  await migrate(postgresUrl(plan, template));
  await onServer(url, `alter database ${template} with is_template true allow_connections false`);
  return { url, template };
}

async function startChroma(guardian: Guardian, home: string): Promise<string> {
  const { spec, url } = await planChroma(home);
  await guardian.start(spec);
  await waitForChroma(url, AbortSignal.timeout(startMs));
  return url;
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
