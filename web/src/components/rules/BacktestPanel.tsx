import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacktestResult } from '../../api/rules';
import { formatCount } from '../../lang/format';
import { Failure } from '../Notice';
import { Report } from './BacktestReport';
import { useBacktest } from './useBacktest';

const spans = {
  '1h': 3_600_000,
  '6h': 21_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
  '28d': 2_419_200_000,
} as const;
type SpanName = keyof typeof spans;
const orders = ['arrival', 'event'] as const;

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
  const [order, setOrder] = useState<(typeof orders)[number] | null>(null);
  const [isImported, setIsImported] = useState(false);
  const byEventTime = order === 'event' || (order === null && isImported);
  const { result, progress, error, isRunning } = useBacktest({
    file,
    text,
    before: saved,
    span: spans[span],
    byEventTime,
  });
  // Live rules leave out old rows: of rows that were imported, a replay as they came has next to nothing to show.
  if (order === null && !isImported && result && isMostlyLeftOut(result)) {
    setIsImported(true);
  }

  return (
    <section className="backtest" aria-labelledby="backtest-title" aria-busy={isRunning} data-testid="backtest">
      <div className="row backtest-head">
        <h2 id="backtest-title" className="section-title">
          {t('backtest.title')}
        </h2>
        <span className="grow" />
        <div className="seg" role="group" aria-label={t('backtest.order')}>
          {orders.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={byEventTime === (each === 'event')}
              title={t(`backtest.orderTitle.${each}`)}
              onClick={() => setOrder(each)}
            >
              {t(`backtest.orders.${each}`)}
            </button>
          ))}
        </div>
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
        {!isRunning && order === null && isImported && <span className="dim">{t('backtest.imported')}</span>}
      </div>
      {error && <Failure error={error} />}
      {text === null && !result && <p className="dim">{t('backtest.waits')}</p>}
      {result?.reports.map((report) => (
        <Report key={report.rule} report={report} result={result} />
      ))}
    </section>
  );
}

const isMostlyLeftOut = (result: BacktestResult): boolean =>
  result.reports.some(({ doubtfulWindowCount, windows }) => doubtfulWindowCount > windows);
