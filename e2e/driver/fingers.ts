import type { CDPSession, Page } from '@playwright/test';

type Point = { x: number; y: number };

/** Moves a finger over the screen. */
export async function swipe(page: Page, from: Point, by: Point): Promise<void> {
  await touching(page, async (touch) => {
    await touch('touchStart', [from]);
    for (let step = 1; step <= 5; step++)
      await touch('touchMove', [{ x: from.x + (by.x * step) / 5, y: from.y + (by.y * step) / 5 }]);
  });
}

/** Two fingers around a point move apart, from one distance to another. */
export async function pinch(page: Page, { x, y }: Point, distance: { from: number; to: number }): Promise<void> {
  const fingers = (apart: number) => [
    { x: x - apart / 2, y },
    { x: x + apart / 2, y },
  ];
  await touching(page, async (touch) => {
    await touch('touchStart', fingers(distance.from));
    for (let step = 1; step <= 5; step++)
      await touch('touchMove', fingers(distance.from + ((distance.to - distance.from) * step) / 5));
  });
}

/** A finger rests on a point until something has opened. */
export async function press(page: Page, at: Point): Promise<void> {
  await touching(page, async (touch) => {
    await touch('touchStart', [at]);
    await page.getByRole('menu').waitFor();
  });
}

type Touch = (type: 'touchStart' | 'touchMove', points: Point[]) => Promise<void>;

async function touching(page: Page, move: (touch: Touch) => Promise<void>): Promise<void> {
  const client: CDPSession = await page.context().newCDPSession(page);
  await move(async (type, points) => {
    const touchPoints = points.map((point, id) => ({ ...point, id }));
    await client.send('Input.dispatchTouchEvent', { type, touchPoints });
  });
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await client.detach();
}
