import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { violationsInBothThemes } from './axe.ts';
import { chromiumPath, openBrowser, openPage, type PageOptions } from './browser.ts';
import { executable, Server, temporaryDirectory } from './server.ts';

const canRun = executable !== undefined && chromiumPath !== undefined;
const patience = { timeout: 20_000 };
const hour = 3_600_000;

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

const anomaly = `name: visits
kind: anomaly
query: visits
every: 10m
season: none
timezone: UTC
annotations:
  summary: "{{ value }} visits, {{ expected }} expected"
`;

const perHost = (name: string, more: string) => `name: ${name}
query: hosts | summarize n = count() by host | where n >= 1
every: 1s
window: 10m
lateness: 0s
${more}
annotations:
  summary: "${name} of {{ host }}"
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

const hosts = (): object[] =>
  Array.from({ length: 8 }, (_, host) => ({ timestamp: new Date().toISOString(), host: `host-${host}` }));

/** Four days of visits, a few a slot of ten minutes, and six times as many two hours ago. */
function visits(nowMs: number): object[] {
  const slot = hour / 6;
  return Array.from({ length: 4 * 24 * 6 }, (_, index) => {
    const startMs = Math.floor(nowMs / slot - index) * slot;
    const count = index === 12 ? 60 : 8 + ((index * 7) % 5);
    return Array.from({ length: count }, (_, row) => ({
      timestamp: new Date(startMs + row * 1000).toISOString(),
      message: 'visit',
    }));
  }).flat();
}

describe.skipIf(!canRun)('rules', () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start(temporaryDirectory()), openBrowser()]);
    await Promise.all([server.ingest('logs', rows(Date.now())), server.ingest('visits', visits(Date.now()))]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const open = async (address: string, options: PageOptions = {}) => {
    const opened = await openPage(browser, options);
    await opened.page.goto(server.url + address);
    return opened;
  };

  it('says what to do where there is no rule', async () => {
    const { page } = await open('/rules');
    await page.getByRole('link', { name: 'Look at the packs' }).click();
    await expect.poll(() => page.getByTestId('pack').count()).toBeGreaterThan(5);
    await page.goto(`${server.url}/alerts`);
    await page.getByRole('link', { name: 'To the rules' }).waitFor();
  });

  it('tries a rule on stored rows while it is written, draws it, and runs it once saved', async () => {
    const { page, errors } = await open('/rules/edit');
    const report = page.getByTestId('backtest-report');
    await page.getByTestId('rule-text').fill(rule(30).replace('| where level', '| were level'));
    await expect.poll(() => page.getByTestId('rule-errors').textContent()).toContain('where');
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);

    await page.getByTestId('rule-text').fill(rule(30));
    await expect.poll(() => report.textContent(), patience).toContain('1 alert');
    const chart = page.getByTestId('rule-chart');
    await chart.locator('.rule-firing').waitFor();
    expect(await chart.locator('.rule-threshold').count()).toBe(1);
    expect(await report.textContent()).toContain('errors in payments');
    expect(await page.getByTestId('rule-file').inputValue()).toBe('payment-errors.yaml');

    await page.getByTestId('rule-file').fill('payments.yaml');
    await page.getByTestId('rule-text').press('Control+s');
    await expect.poll(() => page.url()).toContain('payments.yaml');

    await page.getByTestId('rule-text').fill(rule(500));
    await expect.poll(() => page.getByTestId('backtest-diff').textContent(), patience).toContain('−1 gone');
    expect(await report.locator('tr.is-lost').textContent()).toContain('service payments');
    expect(await chart.locator('.rule-strip.is-earlier').count()).toBe(1);
    await page.getByRole('link', { name: 'Rules' }).first().click();
    await expect.poll(() => page.getByTestId('rule').first().textContent()).toContain('payment-errors');
    expect(errors).toEqual([]);
  });

  it('draws the band of an anomaly rule over imported rows', async () => {
    const span = (hoursBack: number) => `${new Date(Date.now() - hoursBack * 3_600_000).toISOString().slice(0, 16)}Z`;
    const spans = `spans:\n  - { from: '${span(8)}', to: '${span(6)}', text: a rehearsal }\n`;
    await server.writeRule('spans.yaml', spans);
    const { page, errors } = await open('/rules/edit');
    await page.getByTestId('rule-text').fill(anomaly);
    await page.getByText('Most of these rows were imported').waitFor(patience);
    await page.getByTestId('rule-chart').locator('.rule-band').first().waitFor(patience);
    await expect.poll(() => page.getByTestId('backtest-report').textContent(), patience).toContain('60 visits');
    expect(await page.getByTestId('rule-chart').locator('.rule-firing').count()).toBe(1);
    expect(await page.getByTestId('left-out').textContent()).toContain('a rehearsal');
    expect(errors).toEqual([]);
  });

  it('keeps the blanks of a line when a new one is begun, and can undo it', async () => {
    const { page } = await open('/rules/edit');
    const text = page.getByTestId('rule-text');
    await text.fill('query: |\n  logs');
    await text.press('End');
    await text.press('Enter');
    await text.pressSequentially('| count');
    expect(await text.inputValue()).toBe('query: |\n  logs\n  | count');
    await text.fill('');
    await text.press('Control+z');
    expect(await text.inputValue()).toContain('| count');
  });

  it('adds a pack, and finds, sorts and opens its rules by keyboard', async () => {
    const { page, errors } = await open('/rules/packs');
    await page.getByRole('button', { name: 'Add redis' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('listitem', { name: 'redis' }).getByRole('link', { name: 'Added' }).waitFor();

    await page.getByRole('link', { name: 'Rules' }).first().click();
    await page.getByRole('searchbox').fill('redis');
    await expect.poll(() => page.getByTestId('rule').count()).toBe(3);
    await page.getByRole('button', { name: 'redis-memory' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('rule-detail').textContent()).toContain('watermark');
    await page.getByRole('columnheader', { name: 'Keys' }).getByRole('button').press('Enter');
    expect(await page.getByRole('columnheader', { name: 'Keys' }).getAttribute('aria-sort')).toBe('descending');
    expect(new URL(page.url()).searchParams.get('sort')).toBe('keys');
    expect(errors).toEqual([]);
  });

  it('shows what stands behind an alert, and leads to its rows', async () => {
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
    await page.getByTestId('alert').getByRole('link', { name: 'errors in payments' }).click(patience);
    const detail = page.getByTestId('alert-detail');
    await expect.poll(() => page.getByTestId('evidence').textContent(), patience).toContain('refused by the bank');
    expect(await page.getByTestId('comparisons').textContent()).toContain('against a limit of 30');
    await page.getByTestId('alert-chart').locator('.rule-firing').first().waitFor(patience);
    await detail.getByRole('link', { name: 'See the rows behind it' }).click();
    await page.locator('.grid-row.is-data').first().waitFor();
    expect(errors).toEqual([]);
  });

  it('tells a storm as one, with a list, and what is pending apart', async () => {
    await server.writeRule('storm.yaml', perHost('crowd', ''));
    await server.writeRule('patient.yaml', perHost('patient', 'for: 1h'));
    await server.ingest('hosts', hosts());
    // A window is over, and an alert pending, once later rows come.
    const pulse = setInterval(() => void server.ingest('hosts', hosts()), 1000);
    onTestFinished(() => clearInterval(pulse));
    const { page, errors } = await open('/alerts');
    await page.getByTestId('alert').getByRole('link', { name: '8 alerts' }).click(patience);
    await expect.poll(() => page.getByTestId('alert-line').count(), patience).toBe(8);
    await page.getByTestId('alert-line').getByRole('link', { name: 'crowd' }).first().click();
    await page.getByRole('link', { name: 'a storm' }).waitFor();
    await page.getByRole('link', { name: 'All alerts' }).click();
    await expect.poll(() => page.getByTestId('pending').textContent(), patience).toContain('patient of host-');
    expect(await page.getByTestId('alert').filter({ hasText: 'crowd' }).count()).toBe(1);
    expect(errors).toEqual([]);
  });

  it('says so where an alert is not listed any more', async () => {
    const { page } = await open('/alerts?id=gone');
    await page.getByRole('link', { name: 'Look for it in the table' }).waitFor();
  });

  it('speaks Korean to the last word', async () => {
    for (const address of ['/rules', '/rules/edit', '/rules/packs', '/alerts']) {
      const { page, errors } = await open(address, { locale: 'ko-KR' });
      await page.locator('h1').first().waitFor();
      expect(await page.locator('main').textContent()).not.toMatch(
        /\b(rules|packs|alerts|backtest|ruleEditor)\.[a-z]/i,
      );
      expect(errors).toEqual([]);
      await page.context().close();
    }
  });

  it.each([
    ['/rules', 'rule'],
    ['/rules/packs', 'pack'],
    ['/rules/edit?file=payments.yaml', 'rule-chart'],
    ['/alerts', 'alert'],
    ['ALERT', 'evidence'],
    ['STORM', 'alert-line'],
  ])('has no serious accessibility violation at %s', async (address, ready) => {
    const { page } = await open(await addressOf(address));
    await page.getByTestId(ready).first().waitFor(patience);
    if (address === '/rules') {
      await page.getByTestId('rule').first().getByRole('button').click();
    }

    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.context().close();
  });

  /** The address of an alert of the kind, or the address itself. */
  async function addressOf(address: string): Promise<string> {
    const response = await fetch(`${server.url}/api/alerts`);
    const { alerts } = (await response.json()) as { alerts: { id: string; kind: string; evidence: unknown }[] };
    const found = alerts.find((alert) =>
      address === 'STORM' ? alert.kind === 'storm' : alert.kind === 'condition' && alert.evidence !== null,
    );
    return address.startsWith('/') ? address : `/alerts?id=${found?.id}`;
  }
});
