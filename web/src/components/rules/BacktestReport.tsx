import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacktestReport, BacktestResult } from '../../api/rules';
import { formatCount, formatShort } from '../../lang/format';
import { keyText } from '../../state/alerts';
import { comparedLines } from '../../state/comparison';
import { BacktestAlerts } from './BacktestAlerts';
import { RuleChart } from './RuleChart';

interface ReportProps {
  readonly report: BacktestReport;
  readonly result: BacktestResult;
}

/** What one rule would have told. */
export function Report({ report, result }: ReportProps) {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState(0);
  const count = (value: number) => formatCount(value, i18n.language);
  const { series } = report;
  const line = series?.lines[Math.min(chosen, series.lines.length - 1)];
  const comparison = result.comparisons?.find(({ rule }) => rule === report.rule) ?? null;
  const beforeSeries = result.before?.find(({ rule }) => rule === comparison?.beforeRule)?.series;
  const earlier = line &&
    beforeSeries && {
      series: beforeSeries,
      line: beforeSeries.lines.find(({ key }) => keyText(key) === keyText(line.key)) ?? null,
    };
  return (
    <div className="backtest-report" data-testid="backtest-report">
      <p className="backtest-sum">
        <b>{t('backtest.alerts', { count: report.alertCount })}</b>{' '}
        <span className="dim">
          {t('backtest.of', { windows: count(report.windows), rows: count(report.rows), rule: report.rule })}
          {report.pagesPerDay.length > 2 &&
            ` · ${t('backtest.perDay', { pages: formatShort(report.pages / report.pagesPerDay.length) })}`}
        </span>
      </p>
      {report.error && <p className="rule-error">{report.error}</p>}
      {comparison && (
        <p className="backtest-diff nums" data-testid="backtest-diff">
          <span className="dim">{t('backtest.against')}</span>
          <span className={comparison.addedCount > 0 ? 'is-added' : 'dim'}>
            {t('backtest.added', { count: comparison.addedCount })}
          </span>
          <span className={comparison.lostCount > 0 ? 'is-lost' : 'dim'}>
            {t('backtest.lost', { count: comparison.lostCount })}
          </span>
          <span className="dim">{t('backtest.both', { count: comparison.bothCount })}</span>
        </p>
      )}
      {report.doubtfulWindowCount > 0 && (
        <p className="dim">{t('backtest.doubtful', { count: report.doubtfulWindowCount })}</p>
      )}
      {series && series.lines.length > 1 && (
        <div className="backtest-keys" role="group" aria-label={t('backtest.key')}>
          {series.lines.map((each, index) => (
            <button
              key={keyText(each.key)}
              type="button"
              className={each.alerts > 0 ? 'btn small is-firing' : 'btn small'}
              aria-pressed={index === chosen}
              onClick={() => setChosen(index)}
            >
              {keyText(each.key) || report.rule}
              {each.alerts > 0 && <b className="nums"> {each.alerts}</b>}
            </button>
          ))}
          {series.keyCount > series.lines.length && (
            <span className="dim">{t('backtest.moreKeys', { count: series.keyCount - series.lines.length })}</span>
          )}
        </div>
      )}
      {series && line && series.value !== null && (
        <RuleChart series={series} line={line} {...(earlier && { earlier })} />
      )}
      {series?.columns.includes('upper') &&
        line &&
        ['lower', 'upper'].every((name) => isUnknown(line.values[name])) && (
          <p className="dim">{t('backtest.noBand')}</p>
        )}
      <BacktestAlerts lines={comparedLines(report.alerts, comparison)} />
    </div>
  );
}

const isUnknown = (values: readonly (number | null)[] | undefined): boolean =>
  values === undefined || values.every((value) => value === null);
