import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEnv } from '#server/env.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { modelServer } from '#server/testing/model-server.ts';
import { smtpServer } from '#server/testing/smtp-server.ts';
import { testRun } from '#server/testing/step-scope.ts';
import { createCapabilities, openAdapters } from './compose.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => await database.close());

const message = { to: 'maria@example.test', subject: 'Hello', text: 'Hello' };
const messages = [{ role: 'user' as const, content: 'Hello' }];

describe('the adapters that the environment names', () => {
  it('rehearse and keep mail in the Outbox where it names nothing', async () => {
    const adapters = await openAdapters(parseEnv({}), database.pool);
    const { scope } = await (await testRun(database.pool)).attempt();
    const { mail, model, memory } = createCapabilities(adapters, scope);
    expect((await mail.send(message)).delivery).toBe('outbox');
    expect((await model.generate({ messages })).rehearsal).toBe(true);
    expect((await memory.recall({ text: 'x', limit: 1 })).vectors).toBe(false);
    await adapters.close();
  });

  it('are the real ones where it names them', async () => {
    const [smtp, models] = await Promise.all([smtpServer(), modelServer()]);
    const env = parseEnv({
      SMTP_URL: smtp.url,
      OPENAI_BASE_URL: models.url,
      OPENAI_MODEL: 'llama3.2',
      CHROMA_URL: testChromaUrl(),
      MAIL_FROM: 'Shop <shop@example.test>',
    });
    const adapters = await openAdapters(env, database.pool);
    const { scope } = await (await testRun(database.pool)).attempt();
    const { mail, model, memory } = createCapabilities(adapters, scope);
    expect((await mail.send(message)).delivery).toBe('smtp');
    expect(smtp.mails[0]?.from).toBe('shop@example.test');
    expect(await model.generate({ messages })).toMatchObject({ rehearsal: false, model: 'llama3.2' });
    expect((await memory.recall({ text: 'x', limit: 1 })).vectors).toBe(true);
    await adapters.close();
    await Promise.all([smtp.close(), models.close()]);
  });
});
