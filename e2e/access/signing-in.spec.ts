import { expect, test } from '@playwright/test';
import { Operator } from '../driver/operator.ts';

test.use({ storageState: { cookies: [], origins: [] } });

test('a stranger sees the login and nothing else', async ({ page, request }) => {
  for (const place of ['/', '/p/01a2089b-7cbe-7696-892a-5b0d47e4d04b/today']) {
    await page.goto(place);
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  }
  expect((await request.get('/api/trpc/projects.list')).status()).toBe(401);
  expect((await request.get('/api/health')).status()).toBe(200);
});

test('pages allow no foreign script and cannot be framed', async ({ page }) => {
  const refused: string[] = [];
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
  const response = await page.goto('/login');
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-eval');
  await new Operator(page).signIn();
  expect(refused).toEqual([]);
});
