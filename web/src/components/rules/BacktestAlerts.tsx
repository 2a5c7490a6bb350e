import { useTranslation } from 'react-i18next';
import { formatDuration, formatTime } from '../../lang/format';
import { alertRowsUrl } from '../../state/alerts';
import type { ComparedLine } from '../../state/comparison';
import { usePreferences } from '../../state/preferences';
import { PlaceLink } from '../PlaceLink';

const shownLines = 50;
const signs = { added: '+', lost: '−' } as const;

/** The alerts of a backtest: when, for whom, and what a change adds or loses. */
export function BacktestAlerts({ lines }: { readonly lines: readonly ComparedLine[] }) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  if (lines.length === 0) {
    return <p className="dim">{t('backtest.quiet')}</p>;
  }

  return (
    <>
      <div className="table-host">
        <table className="plain-table backtest-table">
          <thead>
            <tr>
              <th scope="col">{t('alerts.columns.started')}</th>
              <th scope="col">{t('alerts.columns.lasted')}</th>
              <th scope="col">{t('alerts.columns.summary')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('alerts.rows')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, shownLines).map(({ mark, key, startedAt, resolvedAt, alert }) => (
              <tr key={`${mark}${startedAt}${key}`} className={mark ? `is-${mark}` : undefined}>
                <td className="nums nowrap">
                  {mark && (
                    <b className="mark" title={t(`backtest.${mark}Title`)}>
                      {signs[mark]}
                      <span className="visually-hidden">{t(`backtest.${mark}Title`)}</span>
                    </b>
                  )}
                  {formatTime(Date.parse(startedAt), zone, 'second').slice(5)}
                </td>
                <td className="nums nowrap">
                  {resolvedAt
                    ? formatDuration(Date.parse(resolvedAt) - Date.parse(startedAt), i18n.language)
                    : t('alerts.state.firing')}
                </td>
                <td>
                  {alert?.annotations.summary} <span className="dim">{key}</span>
                </td>
                <td>
                  {alert && (
                    <PlaceLink to={alertRowsUrl(alert)} className="nowrap">
                      {t('alerts.rowsShort')}
                    </PlaceLink>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {lines.length > shownLines && (
        <p className="dim">{t('backtest.moreKeys', { count: lines.length - shownLines })}</p>
      )}
    </>
  );
}
