import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { Operator } from '../driver/operator.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' });

const asking = pipelineFile(
  'Ask on the way',
  [
    startWith('text'),
    {
      id: 'ask',
      type: 'human.approval',
      version: 1,
      title: 'Ask me',
      config: { title: 'May this go out?', fields: [{ name: 'text' }] },
      inputs: { text: { kind: 'expr', expr: 'run.input.text' } },
    },
    outputOf('text', 'nodes.ask.text'),
  ],
  ['fired', 'approved'],
);

test('on a phone a pipeline is read, a run followed, and the inbox decided', async ({ page, context }) => {
  const operator = new Operator(page);
  await new Given(page).openEditor(asking);
  await test.step('reads it: nothing is wider than the screen, and a tap opens a node', async () => {
    await expect(operator.node('ask')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await operator.node('start').tap();
    await expect(page.getByRole('textbox', { name: 'Title of the node' })).toBeInViewport();
    await page.keyboard.press('Escape');
  });
  await test.step('runs it and follows it; nothing moves that need not', async () => {
    await operator.runWithValues({ text: 'From the road' });
    await operator.seeNode('ask', 'waiting');
    const moving = await page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    );
    expect(moving).toBe(0);
  });
  await test.step('decides in the inbox', async () => {
    const inbox = await context.newPage();
    await inbox.goto(page.url().replace(/\/pipelines\/.*/, '/inbox'));
    await inbox.getByRole('link').filter({ hasText: 'May this go out?' }).first().tap();
    await expect(inbox.getByText('From the road').first()).toBeVisible();
    expect(await inbox.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await inbox.getByRole('button', { name: /^Approve/ }).tap();
    await expect(inbox.getByText('Approved', { exact: true })).toBeVisible();
    await inbox.close();
  });
  await operator.seeNode('result', 'done');
});
