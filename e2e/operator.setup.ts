import { test as setup } from '@playwright/test';
import { Operator } from './driver/operator.ts';
import { signedInFile } from './driver/signed-in.ts';

setup('the operator is signed in', async ({ page, request }) => {
  const operator = new Operator(page);
  const { result } = (await (await request.get('/api/trpc/setup.status')).json()) as {
    result: { data: { needsOperator: boolean } };
  };
  const { needsOperator } = result.data;
  await (needsOperator ? operator.setUp('Northwind Foods') : operator.signIn());
  await page.context().storageState({ path: signedInFile });
});
