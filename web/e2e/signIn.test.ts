import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser, openPage } from './browser.ts';
import { executable, runVerb, Server, temporaryDirectory } from './server.ts';

const canRun = executable !== undefined && chromiumPath !== undefined;

describe.skipIf(!canRun)('sign-in', () => {
  let server: Server;
  let browser: Browser;
  let key: string;

  beforeAll(async () => {
    const data = temporaryDirectory();
    key = runVerb('keys', 'create', '--data', data, '--scopes', 'admin').split('\n').at(-1) ?? '';
    [server, browser] = await Promise.all([Server.start(data), openBrowser()]);
    await server.ingest('logs', [{ timestamp: new Date().toISOString(), message: 'behind the door' }], key);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('asks for a key, refuses a wrong one, and keeps the session until sign-out', async () => {
    const { page } = await openPage(browser);
    await page.goto(`${server.url}/explore?table=logs`);
    await page.getByLabel('API key').fill('nonsense');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('API key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('behind the door').first().waitFor();
    expect(page.url()).toContain('table=logs');
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await page.reload();
    await page.getByText('behind the door').first().waitFor();
    await page.getByTestId('sign-out').click();
    await page.getByLabel('API key').waitFor();
  });
});
