import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsInBothThemes } from './axe.ts';
import { chromiumPath, openBrowser, openPage } from './browser.ts';
import { executable, Server, temporaryDirectory } from './server.ts';

const canRun = executable !== undefined && chromiumPath !== undefined;
if (!canRun) {
  console.warn('skipped: the browser tests need BONGSU_EXE (path of the executable) and an installed chromium');
}

const rule = `name: payments-errors
query: |
  logs
  | where service == "payments" and level == "error"
  | summarize errors = count() by service
  | where errors > 5
every: 1s
window: 1m
lateness: 0s
severity: 2
annotations:
  summary: "{{errors}} errors in {{service}}"
`;

const bigNumber = '9007199254740993';

/** Six hundred rows over fifty minutes; every tenth speaks of 결제 with a particle clinging to it. */
function sampleRows(nowMs: number): object[] {
  return Array.from({ length: 600 }, (_, index) => ({
    timestamp: new Date(nowMs - 60_000 - index * 5000).toISOString(),
    level: index % 25 === 0 ? 'error' : index % 7 === 0 ? 'warn' : 'info',
    service: ['search', 'payments', 'care'][index % 3],
    host: `host-${index % 4}`,
    message: index % 10 === 0 ? `결제가 완료되었습니다 ${index}` : `handled request ${index} in ${index % 90} ms`,
    trace_id: `trace${Math.floor(index / 4)}`,
    status: index % 25 === 0 ? 500 : 200,
  }));
}

describe.skipIf(!canRun)('explorer', () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    const data = temporaryDirectory();
    const rules = path.join(data, 'rules');
    mkdirSync(rules);
    writeFileSync(path.join(rules, 'payments.yaml'), rule);
    [server, browser] = await Promise.all([Server.start(data, '--rules', rules), openBrowser()]);
    await server.ingest('logs', sampleRows(Date.now()));
    await server.ingest('numbers', [{ timestamp: new Date().toISOString(), message: 'big' }]);
    await fetch(`${server.url}/ingest/numbers`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson' },
      body: `{"timestamp":"${new Date().toISOString()}","message":"bigger","n":${bigNumber}}`,
    });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const open = async (address: string, options = {}) => {
    const opened = await openPage(browser, options);
    await opened.page.goto(server.url + address);
    return opened;
  };
  const count = (page: Page) => page.getByTestId('count');
  const rows = (page: Page) => page.locator('.grid-row.is-data');

  it('shows the newest rows, the histogram and what the query cost', async () => {
    const { page, errors } = await open('/');
    await rows(page).first().waitFor();
    await expect.poll(() => count(page).textContent()).toBe('600 rows');
    expect(await rows(page).first().textContent()).toContain('결제가 완료되었습니다 0');
    expect(await page.locator('[data-testid=histogram] rect').count()).toBeGreaterThan(50);
    expect(await page.getByTestId('stats').textContent()).toContain('rows scanned');
    expect(await rows(page).count()).toBeLessThan(100);
    expect(errors).toEqual([]);
  });

  it('keeps all digits of a long', async () => {
    const { page } = await open('/explore?table=numbers&cols=message,n');
    await page.getByText(bigNumber, { exact: true }).waitFor();
  });

  it('finds Hangul inside words, and shows the search as KQL', async () => {
    const { page, errors } = await open('/');
    await page.getByRole('textbox', { name: 'Search' }).fill('결제');
    await page.keyboard.press('Enter');
    await expect.poll(() => count(page).textContent()).toBe('60 rows');
    expect(await page.locator('.grid-cell mark').first().textContent()).toBe('결제');
    await page.getByRole('button', { name: 'KQL' }).click();
    await page.locator('.kql-editor .view-line', { hasText: 'message contains "결제"' }).waitFor();
    expect(new URL(page.url()).searchParams.get('kql')).toContain('contains "결제"');
    await page.goBack();
    await expect.poll(() => page.getByRole('textbox', { name: 'Search' }).inputValue()).toBe('결제');
    await expect.poll(() => count(page).textContent()).toBe('60 rows');
    expect(errors).toEqual([]);
  });

  it('shows an error where it is, and mends it by a click', async () => {
    const { page } = await open(`/explore?kql=${encodeURIComponent('logs\n| where servce == "payments"')}`);
    const error = page.getByTestId('query-error');
    await error.waitFor();
    expect(await error.textContent()).toContain('Line 2, column 9');
    await page.locator('.kql-editor .squiggly-error').first().waitFor();
    await error.getByRole('button', { name: 'Use “service”' }).click();
    await expect.poll(() => count(page).textContent()).toBe('200 rows');
  });

  it('completes columns of the live schema', async () => {
    const { page } = await open(`/explore?kql=${encodeURIComponent('logs\n| where ')}`);
    await page.locator('.kql-editor .Table', { hasText: 'logs' }).waitFor();
    await page.locator('.kql-editor .view-line').last().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('ser');
    await page.locator('.suggest-widget [aria-label^="service"]').first().waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(' == "care"');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await expect
      .poll(() => new URL(page.url()).searchParams.get('kql'))
      .toMatch(/^logs\s+\| where service\s+== "care"/);
    await expect.poll(() => count(page).textContent()).toBe('200 rows');
  });

  it('draws a chart for a grouping, and a table on request', async () => {
    const kql = 'logs\n| summarize rows = count() by bin(timestamp, 5m), service\n| render timechart';
    const { page } = await open(`/explore?kql=${encodeURIComponent(kql)}`);
    await page.getByTestId('chart-time').waitFor();
    expect(await page.locator('.legend-item').count()).toBe(3);
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await rows(page).first().waitFor();
    expect(page.url()).toContain('view=table');
  });

  it('narrows the time by brushing, and by keys', async () => {
    const { page } = await open('/');
    const histogram = page.getByTestId('histogram');
    await histogram.waitFor();
    const box = await histogram.boundingBox();
    if (!box) {
      throw new Error('the histogram has no place');
    }

    await page.mouse.move(box.x + box.width * 0.5, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + 40, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => new URL(page.url()).searchParams.get('from')).not.toBeNull();
    await expect.poll(async () => Number.parseInt((await count(page).textContent()) ?? '', 10)).toBeLessThan(300);
    const before = page.url();
    await page.locator('.histogram').focus();
    await page.keyboard.press('-');
    await expect.poll(() => page.url()).not.toBe(before);
  });

  it('filters by a click in the detail', async () => {
    const { page } = await open('/');
    await rows(page).nth(1).click();
    const detail = page.getByTestId('detail');
    await detail.waitFor();
    await detail.getByRole('button', { name: 'Only rows with this service' }).click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Search' }).inputValue()).toBe('service:payments');
    await expect.poll(() => count(page).textContent()).toBe('200 rows');
  });

  it('walks the rows by keys', async () => {
    const { page } = await open('/');
    await rows(page).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByTestId('detail').waitFor();
    expect(await page.getByTestId('detail').textContent()).toContain('2 / 600');
    await page.reload();
    await page.getByTestId('detail').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('detail').count()).toBe(0);
    await page.keyboard.press('?');
    await page.getByTestId('help').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await expect.poll(() => new URL(page.url()).pathname).toBe('/alerts');
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await page.keyboard.press('/');
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Search' }).evaluate((e) => e === document.activeElement))
      .toBe(true);
  });

  it('leads to where the data is', async () => {
    const { page } = await open('/explore?from=2020-01-01T00:00:00Z&to=2020-01-01T01:00:00Z');
    await page.getByTestId('jump').click();
    await expect.poll(() => count(page).textContent()).toBe('600 rows');
  });

  it('follows new rows live', async () => {
    const { page } = await open('/explore?table=logs&tail=1');
    await page.getByText('Live', { exact: true }).nth(1).waitFor();
    const message = `fresh from the test ${Date.now()}`;
    await expect
      .poll(
        async () => {
          await server.ingest('live', [{ timestamp: new Date().toISOString(), message }]);
          await server.ingest('logs', [
            { timestamp: new Date().toISOString(), level: 'debug', service: 'care', message },
          ]);
          return page.getByText(message).count();
        },
        { timeout: 10_000, interval: 500 },
      )
      .toBeGreaterThan(0);
  });

  it('saves a query for everybody', async () => {
    const { page } = await open(`/explore?kql=${encodeURIComponent('logs | count')}`);
    await page.getByRole('button', { name: 'Saved queries' }).click();
    await page.getByPlaceholder('Name for this query').fill('how many');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'how many' }).first().waitFor();
  });

  it('speaks Korean and turns dark, and remembers both', async () => {
    const { page } = await open('/');
    await page.getByTestId('language').click();
    await page.getByRole('link', { name: '로그 탐색' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    await page.getByRole('button', { name: '테마' }).click();
    await page.getByRole('button', { name: '어둡게' }).click();
    await page.reload();
    await page.getByRole('link', { name: '로그 탐색' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    const { page: korean } = await open('/alerts', { locale: 'ko-KR', colorScheme: 'dark' });
    await korean.getByRole('heading', { name: '알림', exact: true }).waitFor();
    expect(await korean.locator('html').getAttribute('data-theme')).toBe('dark');
  });

  it('shows an alert, and the rows behind it', async () => {
    const now = Date.now();
    const errors = Array.from({ length: 12 }, (_, index) => ({
      timestamp: new Date(now - index * 100).toISOString(),
      level: 'error',
      service: 'payments',
      message: `card gateway timed out ${index}`,
    }));
    const { page } = await open('/alerts');
    await server.ingest('logs', errors);
    // Event time moves on with later rows, as it does in life.
    const pulse = setInterval(() => {
      void server.ingest('logs', [
        { timestamp: new Date().toISOString(), level: 'debug', service: 'care', message: 'pulse' },
      ]);
    }, 500);
    try {
      const alert = page.getByTestId('alert').first();
      await alert.waitFor({ timeout: 15_000 });
      expect(await alert.textContent()).toContain('payments-errors');
      await expect.poll(() => page.title()).toMatch(/^\(1\)/);
      await alert.getByRole('link', { name: 'See the rows behind it' }).click();
      await rows(page).first().waitFor();
    } finally {
      clearInterval(pulse);
    }

    const { page: rules } = await open('/rules');
    await rules.getByTestId('rule').first().waitFor();
    expect(await rules.getByTestId('rule').first().textContent()).toContain('payments-errors');
  });

  it.each([
    ['/explore', '.grid-row.is-data'],
    ['/explore?kql=logs', '.grid-row.is-data'],
    ['/alerts', 'h2'],
    ['/rules', 'h1'],
  ])('has no serious accessibility violation at %s', async (address, ready) => {
    const { page } = await open(address);
    await page.locator(ready).first().waitFor();
    if (address === '/explore') {
      await page.locator(ready).first().click();
      await page.getByTestId('detail').waitFor();
    }

    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.context().close();
  });
});
