import fs from 'node:fs';
import type { LaunchOptions } from '@playwright/test';
import chromium from '@sparticuz/chromium';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * The browser of the end-to-end tests: the Chromium that comes with the npm packages, else the system's, else the one
 * that `npx playwright install chromium` put in place.
 */
export async function browserOptions(): Promise<LaunchOptions> {
  const executablePath = await browserPath();
  // Only what a container needs: the packaged defaults switch off web security, which these tests are to prove. Without a
  // screen letters would be moved to whole pixels, which no operator sees.
  const args = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'];
  return { ...(executablePath ? { executablePath } : {}), args };
}

async function browserPath(): Promise<string | undefined> {
  const given = process.env.E2E_BROWSER;
  if (given) return given;
  if (process.platform === 'linux' && process.arch === 'x64') return await chromium.executablePath();
  return installed.find((file) => fs.existsSync(file));
}
