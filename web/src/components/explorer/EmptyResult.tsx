import { useTranslation } from 'react-i18next';
import { formatCount, formatTime } from '../../lang/format';
import { usePreferences } from '../../state/preferences';
import { absolute, type TimeRange } from '../../state/timeRange';
import type { Explorer } from '../../state/useExplorer';
import { Icon } from '../Icon';
import { Empty } from '../Notice';

interface EmptyResultProps {
  readonly explorer: Explorer;
  readonly onRange: (range: TimeRange) => void;
}

const defaultSpanMs = 3_600_000;

/** No rows: because there are none at all, or because they are at another time. The second is one click away. */
export function EmptyResult({ explorer, onRange }: EmptyResultProps) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const { state, whereabouts, source } = explorer;
  if (state.range.kind === 'all' || !explorer.isRows || whereabouts.isError) {
    return (
      <Empty icon="search" title={t('empty.title')}>
        <p>{t(source?.rowCount === 0 ? 'empty.tableEmpty' : 'empty.nothingEver')}</p>
      </Empty>
    );
  }

  if (!whereabouts.data) {
    return (
      <Empty icon="search" title={t('empty.title')}>
        <p>{t('empty.looking')}</p>
      </Empty>
    );
  }

  const { count, minMs, maxMs } = whereabouts.data;
  if (count === 0) {
    return (
      <Empty icon="search" title={t('empty.title')}>
        <p>{t('empty.nothingEver')}</p>
      </Empty>
    );
  }

  const spanMs =
    state.range.kind === 'absolute'
      ? Date.parse(state.range.to) - Date.parse(state.range.from)
      : state.range.seconds * 1000;
  return (
    <Empty icon="clock" title={t('empty.elsewhereTitle')}>
      <p>
        {t('empty.elsewhere', {
          total: formatCount(count, i18n.language),
          from: formatTime(minMs, zone, 'second'),
          to: formatTime(maxMs, zone, 'second'),
        })}
      </p>
      <div className="row">
        <button
          type="button"
          className="btn primary"
          data-testid="jump"
          onClick={() => onRange(absolute(maxMs + 1 - Math.max(spanMs || defaultSpanMs, 1000), maxMs + 1))}
        >
          <Icon name="clock" size={14} /> {t('empty.jump')}
        </button>
        <button type="button" className="btn" onClick={() => onRange(absolute(minMs, maxMs + 1))}>
          {t('empty.whole')}
        </button>
      </div>
    </Empty>
  );
}
