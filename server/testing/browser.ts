import fs from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** How to start a real browser without a download: the one that comes with the npm packages on Linux x64, else the system's. */
export async function browserLaunch(): Promise<LaunchOptions> {
  const system = systemBrowsers.find((file) => fs.existsSync(file));
  const quiet = [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  if (process.platform === 'linux' && process.arch === 'x64')
    return { executablePath: await sparticuz.executablePath(), args: [...sparticuz.args, ...quiet], headless: true };
  if (system) return { executablePath: system, args: ['--no-sandbox', ...quiet], headless: true };
  return { headless: true };
}

/** Starts a headless browser. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch(await browserLaunch());
}
