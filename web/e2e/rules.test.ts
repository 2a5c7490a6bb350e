import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser, openPage } from './browser.ts';
import { executable, Server, temporaryDirectory } from './server.ts';

const canRun = executable !== undefined && chromiumPath !== undefined;

const rule = (limit: number) => `name: payment-errors
query: |
  logs
  | where level == "error"
  | summarize errors = count() by service
  | where errors >= ${limit}
every: 10s
window: 1m
lateness: 0s
annotations:
  summary: "{{ errors }} errors in {{ service }}"
`;

/** Half an hour of rows; for a minute in the middle payments fails every second. */
function rows(nowMs: number): object[] {
  return Array.from({ length: 1800 }, (_, second) => ({
    timestamp: new Date(nowMs - 1_800_000 + second * 1000).toISOString(),
    level: second >= 900 && second < 960 ? 'error' : 'info',
    service: 'payments',
    message: `charge ${second} of ${second % 7} won failed with code 50${second % 3}`,
  }));
}

describe.skipIf(!canRun)('rules', () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start(temporaryDirectory()), openBrowser()]);
    await server.ingest('logs', rows(Date.now()));
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const open = async (address: string) => {
    const opened = await openPage(browser, {});
    await opened.page.goto(server.url + address);
    return opened;
  };

  it('tries a rule on stored rows while it is written, draws it, and runs it once saved', async () => {
    const { page, errors } = await open('/rules');
    await page.getByRole('link', { name: 'New rule' }).first().click();
    await page.getByTestId('rule-text').fill(rule(30).replace('| where level', '| were level'));
    await expect.poll(() => page.getByTestId('rule-errors').textContent()).toContain('where');
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);

    await page.getByTestId('rule-text').fill(rule(30));
    await expect
      .poll(() => page.getByTestId('backtest-report').textContent(), { timeout: 20_000 })
      .toContain('1 alert');
    await page.getByTestId('rule-chart').locator('.rule-firing').waitFor();
    expect(await page.getByTestId('rule-chart').locator('.rule-threshold').count()).toBe(1);
    expect(await page.getByTestId('backtest-report').textContent()).toContain('errors in payments');

    await page.getByTestId('rule-file').fill('payments.yaml');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => page.url()).toContain('payments.yaml');

    await page.getByTestId('rule-text').fill(rule(500));
    await expect.poll(() => page.getByTestId('backtest-diff').textContent(), { timeout: 20_000 }).toContain('−1 gone');
    await page.getByRole('link', { name: 'Rules' }).first().click();
    await expect.poll(() => page.getByTestId('rule').first().textContent()).toContain('payment-errors');
    expect(errors).toEqual([]);
  });

  it('shows what stands behind an alert', async () => {
    const { page, errors } = await open('/alerts');
    const now = Date.now();
    await server.ingest(
      'logs',
      Array.from({ length: 60 }, (_, row) => ({
        timestamp: new Date(now - row * 100).toISOString(),
        level: 'error',
        service: 'payments',
        message: `charge ${row} refused by the bank`,
      })),
    );
    const card = page.getByTestId('alert').first();
    await expect.poll(() => card.textContent(), { timeout: 20_000 }).toContain('payment-errors');
    await page.getByRole('link', { name: 'payment-errors' }).first().click();
    const evidence = page.getByTestId('evidence').first();
    await expect.poll(() => evidence.textContent(), { timeout: 20_000 }).toContain('refused by the bank');
    expect(errors).toEqual([]);
  });
});
