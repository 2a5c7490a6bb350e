import { useTranslation } from 'react-i18next';
import type { QueryStats } from '../../api/types';
import { formatBytes, formatCount, formatDuration } from '../../lang/format';

/** What the query cost: rows read, blocks that need not be read, time. */
export function StatsFooter({ stats }: { readonly stats: QueryStats }) {
  const { t, i18n } = useTranslation();
  const count = (value: number) => formatCount(value, i18n.language);
  const { blocksScanned = 0, blocksSkipped = 0 } = stats;
  return (
    <footer className="stats nums" data-testid="stats">
      <span>{formatDuration(stats.elapsedMs, i18n.language)}</span>
      <span>{t('stats.rows', { total: count(stats.rowsScanned) })}</span>
      {blocksScanned + blocksSkipped > 0 && (
        <span>{t('stats.blocks', { scanned: count(blocksScanned), skipped: count(blocksSkipped) })}</span>
      )}
      {stats.bytesScanned !== undefined && <span>{t('stats.bytes', { size: formatBytes(stats.bytesScanned) })}</span>}
      {stats.peakMemoryBytes !== undefined && (
        <span className="wide-only">{t('stats.memory', { size: formatBytes(stats.peakMemoryBytes) })}</span>
      )}
    </footer>
  );
}
