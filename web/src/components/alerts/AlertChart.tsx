import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { getRuleFile } from '../../api/rules';
import type { Alert, Rule } from '../../api/types';
import { keyText } from '../../state/alerts';
import { RuleChart } from '../rules/RuleChart';
import { useBacktest } from '../rules/useBacktest';

/** So much is drawn before an alert, in windows of its rule, and so much after. */
const before = 60;
const after = 15;
const longestMs = 86_400_000;

/** The value around the time of an alert, with its limit or band: its rule, run once more over those rows. */
export function AlertChart({ alert, rule }: { readonly alert: Alert; readonly rule: Rule }) {
  const { t } = useTranslation();
  const file = useQuery({
    queryKey: ['rule-file', rule.file],
    queryFn: ({ signal }) => getRuleFile(rule.file, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const stepMs = Math.max(rule.everySeconds, 1) * 1000;
  const span = useMemo(() => {
    // An alert told early starts at the end of a window that is still open.
    const startMs = Date.parse(alert.startedAt);
    const endMs = alert.resolvedAt ? Date.parse(alert.resolvedAt) : startMs;
    return {
      fromMs: startMs - Math.min(before * stepMs, longestMs),
      toMs: Math.min(
        Math.min(endMs, startMs + longestMs) + Math.min(after * stepMs, longestMs),
        Math.max(Date.now(), startMs + stepMs),
      ),
    };
  }, [alert.startedAt, alert.resolvedAt, stepMs]);
  const { result, isRunning } = useBacktest({
    file: rule.file,
    text: file.data?.text ?? null,
    before: null,
    span,
    byEventTime: true,
  });
  const series = result?.reports.find((report) => report.rule === rule.name)?.series;
  const line = series?.lines.find(({ key }) => keyText(key) === keyText(alert.key));
  if (!isRunning && !(series?.value && line)) {
    return null;
  }

  return (
    <section aria-busy={isRunning} data-testid="alert-chart">
      <h2 className="section-title">{t('alerts.around')}</h2>
      {series && line ? <RuleChart series={series} line={line} /> : <progress aria-label={t('backtest.running')} />}
    </section>
  );
}
