import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacktestReport, Comparison } from '../../api/rules';
import type { Alert } from '../../api/types';
import { formatCount, formatDuration, formatTime } from '../../lang/format';
import { alertRowsUrl, keyText } from '../../state/alerts';
import { usePreferences } from '../../state/preferences';
import { Failure } from '../Notice';
import { PlaceLink } from '../PlaceLink';
import { RuleChart } from './RuleChart';
import { useBacktest } from './useBacktest';

const spans = {
  '1h': 3_600_000,
  '6h': 21_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
  '28d': 2_419_200_000,
} as const;
type SpanName = keyof typeof spans;
const shownAlerts = 50;

interface BacktestPanelProps {
  readonly file: string;
  readonly text: string | null;
  /** The file as it runs now, to be held against; null for a new one. */
  readonly saved: string | null;
}

/** When a rule would have fired on stored rows, while it is being written. */
export function BacktestPanel({ file, text, saved }: BacktestPanelProps) {
  const { t, i18n } = useTranslation();
  const [span, setSpan] = useState<SpanName>('24h');
  const { result, progress, error, isRunning } = useBacktest({ file, text, before: saved, spanMs: spans[span] });
  return (
    <section className="backtest" aria-labelledby="backtest-title" aria-busy={isRunning} data-testid="backtest">
      <div className="row section-row">
        <h2 id="backtest-title" className="section-title">
          {t('backtest.title')}
        </h2>
        <span className="grow" />
        <div className="seg" role="group" aria-label={t('alerts.span')}>
          {(Object.keys(spans) as SpanName[]).map((name) => (
            <button key={name} type="button" aria-pressed={name === span} onClick={() => setSpan(name)}>
              {name}
            </button>
          ))}
        </div>
      </div>
      <div className="backtest-progress" role="status">
        {isRunning && (
          <>
            <progress max={1} value={progress?.share} aria-label={t('backtest.running')} />
            <span className="dim nums">
              {progress
                ? t(`backtest.${progress.stage}`, { rows: formatCount(progress.rows, i18n.language) })
                : t('backtest.running')}
            </span>
          </>
        )}
      </div>
      {error && <Failure error={error} />}
      {text === null && !result && <p className="dim">{t('backtest.waits')}</p>}
      {result?.reports.map((report) => (
        <Report
          key={report.rule}
          report={report}
          comparison={result.comparisons?.find(({ rule }) => rule === report.rule) ?? null}
        />
      ))}
    </section>
  );
}

interface ReportProps {
  readonly report: BacktestReport;
  readonly comparison: Comparison | null;
}

function Report({ report, comparison }: ReportProps) {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState(0);
  const count = (value: number) => formatCount(value, i18n.language);
  const line = report.series?.lines[Math.min(chosen, report.series.lines.length - 1)];
  return (
    <div className="backtest-report" data-testid="backtest-report">
      <p className="backtest-sum">
        <b>{t('backtest.alerts', { count: report.alertCount })}</b>{' '}
        <span className="dim">
          {t('backtest.of', { windows: count(report.windows), rows: count(report.rows), rule: report.rule })}
        </span>
      </p>
      {report.error && <p className="rule-error">{report.error}</p>}
      {comparison && (
        <p className="backtest-diff nums" data-testid="backtest-diff">
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
      {report.series && report.series.lines.length > 1 && (
        <div className="backtest-keys" role="group" aria-label={t('backtest.key')}>
          {report.series.lines.map((each, index) => (
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
          {report.series.keyCount > report.series.lines.length && (
            <span className="dim">
              {t('backtest.moreKeys', { count: report.series.keyCount - report.series.lines.length })}
            </span>
          )}
        </div>
      )}
      {report.series && line && report.series.value !== null && <RuleChart series={report.series} line={line} />}
      <AlertTable alerts={report.alerts} />
    </div>
  );
}

function AlertTable({ alerts }: { readonly alerts: readonly Alert[] }) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  if (alerts.length === 0) {
    return <p className="dim">{t('backtest.quiet')}</p>;
  }

  return (
    <div className="table-host">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('alerts.columns.started')}</th>
            <th scope="col">{t('alerts.columns.lasted')}</th>
            <th scope="col">{t('backtest.key')}</th>
            <th scope="col">{t('alerts.columns.summary')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('alerts.rows')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {alerts.slice(0, shownAlerts).map((alert) => (
            <tr key={alert.id}>
              <td className="nums nowrap">{formatTime(Date.parse(alert.startedAt), zone, 'second')}</td>
              <td className="nums nowrap">
                {alert.resolvedAt
                  ? formatDuration(Date.parse(alert.resolvedAt) - Date.parse(alert.startedAt), i18n.language)
                  : t('alerts.state.firing')}
              </td>
              <td>{keyText(alert.key) || '–'}</td>
              <td>{alert.annotations.summary ?? ''}</td>
              <td>
                <PlaceLink to={alertRowsUrl(alert)} className="nowrap">
                  {t('alerts.rowsShort')}
                </PlaceLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
