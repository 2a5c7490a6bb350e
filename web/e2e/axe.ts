import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Serious and critical findings of axe; the editor's own insides are not ours to change. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (context: object, options: object) => Promise<{ violations: Finding[] }> };
    };
    interface Finding {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
    }
    const result = await axe.run({ exclude: ['.monaco-editor'] }, { resultTypes: ['violations'] });
    return result.violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      text: nodes.map((n) => n.html + n.failureSummary).join('\n'),
    }));
  });
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, text }) => `${id}: ${text}`);
}

/** The findings in the light and in the dark theme. */
export async function violationsInBothThemes(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const light = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.locator('html[data-theme=dark]').waitFor();
  return [...light, ...(await violations(page)).map((each) => `dark: ${each}`)];
}
