import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { pdfOf } from '#server/testing/pdf.ts';
import { Given } from '../driver/given.ts';

test('several documents, each with its own error; a source is looked at again, and says which passages changed', async ({
  page,
}) => {
  const given = new Given(page);
  const projectId = await given.project('What is read');
  let body = '# Chai\n\nCosts 18.\n\n# Konbu\n\nComes from Hokkaido.';
  const web = createServer((_, answer) => answer.setHeader('content-type', 'text/markdown').end(body));
  await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(web.address() as AddressInfo).port}`;
  await given.allowedHosts([host]);
  await page.goto(`/p/${projectId}/memory`);
  await page.getByRole('tab', { name: 'Documents' }).click();
  const row = (name: string) =>
    page.getByRole('list', { name: 'Documents' }).getByRole('listitem').filter({ hasText: name });

  await test.step('one that is encrypted, one that is no document, one that is too large: the others are read', async () => {
    const markdown = 'text/markdown';
    await page.locator('input[aria-label="Documents"]').setInputFiles([
      { name: 'secret.pdf', mimeType: 'application/pdf', buffer: pdfOf(['x'], { encrypted: true }) },
      { name: 'archive.md', mimeType: markdown, buffer: Buffer.from('PK\u0003\u0004 an archive') },
      { name: 'huge.csv', mimeType: 'text/csv', buffer: Buffer.alloc(26 * 1024 * 1024, 'a,b\n') },
      { name: 'terms.md', mimeType: markdown, buffer: Buffer.from('# Terms\n\nThirty days.') },
    ]);
    const wrong = page.getByRole('list', { name: 'Not imported' });
    await expect(wrong).toContainText('archive.md is a ZIP archive');
    await expect(wrong).toContainText('huge.csv has 27.3 MB; a file may have 25 MB at most');
    await expect(row('terms.md')).toContainText('1 passage');
    await expect(row('secret.pdf')).toContainText(/password|encrypted/);
  });

  await test.step('an address is read, looked at again, and only what changed is read anew', async () => {
    await page.getByRole('button', { name: 'Add a source' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a source' });
    await dialog.getByLabel('Address').fill(`http://${host}/catalogue.md`);
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await expect(row('catalogue.md')).toContainText('2 passages');
    body = body.replace('18', '19');
    await row('catalogue.md').getByRole('button', { name: 'Read again' }).click();
    await expect(row('catalogue.md')).toContainText('last change: 1 new, 1 gone, 1 passage as before');
    await row('catalogue.md').getByRole('button', { name: /^Open/ }).click();
    await expect(page.getByRole('region', { name: 'Passages' })).toContainText('Costs 19.');
    await page.keyboard.press('Escape');
  });

  await test.step('one that could never be read is forgotten too', async () => {
    await row('secret.pdf')
      .getByRole('button', { name: /^Forget/ })
      .click();
    await page.getByRole('button', { name: 'Forget it' }).click();
    await expect(row('secret.pdf')).toHaveCount(0);
  });
  web.close();
});
