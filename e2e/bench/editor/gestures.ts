import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Box } from './bare-page.ts';
import { startFrames, stopFrames } from './probe.ts';

export type Gesture = 'drag' | 'pan' | 'zoom' | 'pan at 100 %';
export const gestures: readonly Gesture[] = ['drag', 'pan', 'zoom', 'pan at 100 %'];
export type Frames = { deltas: number[]; longTasks: number[] };

/** A mouse reports about once per frame of a usual screen. */
const inputMs = 16;
const steps = 90;

/** Does a gesture with real input and answers how the frames went meanwhile. */
export async function recorded(page: Page, canvas: Box, gesture: Gesture): Promise<Frames> {
  switch (gesture) {
    case 'drag':
      return await held(page, await nodeInTheMiddle(page, canvas));
    case 'pan':
    case 'pan at 100 %':
      return await held(page, await emptyPlace(page, canvas));
    case 'zoom':
      return await zoomed(page, canvas);
    default: {
      const never: never = gesture;
      throw new Error(`Not a known gesture: ${never}`);
    }
  }
}

/** Turns the wheel until the canvas shows life size. */
export async function zoomToLifeSize(page: Page, canvas: Box): Promise<void> {
  await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
  for (let n = 0; n < 200 && (await zoomOf(page)) < 1; n += 1) {
    await page.mouse.wheel(0, -60);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

export async function zoomOf(page: Page): Promise<number> {
  return await page.evaluate(
    () => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport') as Element).transform).a,
  );
}

/** Presses at a point, moves in a circle and lets go. The frames are those of the movement; a long task may come after it. */
async function held(page: Page, from: { x: number; y: number }): Promise<Frames> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.evaluate(startFrames);
  for (let step = 1; step <= steps; step += 1) {
    const turn = (2 * Math.PI * step) / steps;
    const to = { x: from.x + 120 * Math.sin(turn), y: from.y + 120 * (1 - Math.cos(turn)) };
    await Promise.all([page.mouse.move(to.x, to.y), sleep(inputMs)]);
  }
  const { deltas } = await page.evaluate(stopFrames);
  const moved = await page.evaluate(stopFrames);
  await page.evaluate(startFrames);
  await page.mouse.up();
  await sleep(400);
  const after = await page.evaluate(stopFrames);
  return { deltas, longTasks: [...moved.longTasks, ...after.longTasks] };
}

/** In with the wheel to about life size, and out again. */
async function zoomed(page: Page, canvas: Box): Promise<Frames> {
  await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
  await page.evaluate(startFrames);
  for (const direction of [-1, 1])
    for (let step = 0; step < steps / 2; step += 1)
      await Promise.all([page.mouse.wheel(0, direction * 32), sleep(inputMs)]);
  await sleep(200);
  return await page.evaluate(stopFrames);
}

async function nodeInTheMiddle(page: Page, canvas: Box): Promise<{ x: number; y: number }> {
  return await nearest(page, canvas, '.react-flow__node');
}

async function emptyPlace(page: Page, canvas: Box): Promise<{ x: number; y: number }> {
  return await nearest(page, canvas, '.react-flow__pane');
}

/** The point nearest to the middle where this is what the pointer meets. */
async function nearest(page: Page, canvas: Box, selector: string): Promise<{ x: number; y: number }> {
  const found = await page.evaluate(
    ({ x, y, width, height, wanted }) => {
      const [cx, cy] = [x + width / 2, y + height / 2];
      const meets = (px: number, py: number) => {
        const under = document.elementFromPoint(px, py);
        return wanted === '.react-flow__pane' ? under?.matches(wanted) : under?.closest(wanted);
      };
      for (let far = 0; far < 200; far += 2)
        for (let turn = 0; turn < 24; turn += 1) {
          const angle = (turn * Math.PI) / 12;
          const [px, py] = [Math.round(cx + far * Math.cos(angle)), Math.round(cy + far * Math.sin(angle))];
          if (meets(px, py)) return { x: px, y: py };
        }
      return null;
    },
    { ...canvas, wanted: selector },
  );
  if (!found) throw new Error(`There is no ${selector} near the middle of the canvas.`);
  return found;
}
