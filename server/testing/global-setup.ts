import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openScratch, type Scratch } from '#server/boot/scratch.ts';
import { migrate } from '#server/db/migrate.ts';
import './provided.ts';

const template = 'solograph_template';

/** Starts one Postgres, with a migrated template database, and one Chroma for all integration tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const scratch = openScratch();
  try {
    const [url, chromaUrl] = await Promise.all([postgresWithTemplate(scratch), scratch.chroma()]);
    project.provide('postgres', { url, template });
    project.provide('chromaUrl', chromaUrl);
    return () => scratch.close();
  } catch (error) {
    await scratch.close();
    throw error;
  }
}

async function postgresWithTemplate(scratch: Scratch): Promise<string> {
  const url = await scratch.postgres();
  await onServer(url, `create database ${template}`);
  const templateUrl = new URL(url);
  templateUrl.pathname = `/${template}`;
  await migrate(templateUrl.href);
  await onServer(url, `alter database ${template} with is_template true allow_connections false`);
  return url;
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
