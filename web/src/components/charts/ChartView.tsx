import { useTranslation } from 'react-i18next';
import { type Chart, numberOf } from '../../lang/chart';
import { formatCell, formatCount } from '../../lang/format';
import { usePreferences } from '../../state/preferences';
import { Icon } from '../Icon';
import { CategoryChart } from './CategoryChart';
import { PieChart } from './PieChart';
import { TimeChart } from './TimeChart';

interface ChartViewProps {
  readonly chart: Chart;
  readonly onRange: (fromMs: number, toMs: number) => void;
}

/** The chart of a result, whichever kind it is. */
export function ChartView({ chart, onRange }: ChartViewProps) {
  const { t } = useTranslation();
  return (
    <figure className="chart" data-testid={`chart-${chart.kind}`}>
      {chart.title && <figcaption className="chart-title">{chart.title}</figcaption>}
      {chart.kind === 'card' && <Cards chart={chart} />}
      {chart.kind === 'time' && <TimeChart chart={chart} onRange={onRange} />}
      {(chart.kind === 'bar' || chart.kind === 'column') && <CategoryChart chart={chart} />}
      {chart.kind === 'pie' && <PieChart slices={chart.slices} />}
      {chart.kind !== 'card' && chart.omitted > 0 && (
        <p className="chart-note">
          <Icon name="warning" size={13} />{' '}
          {t(chart.kind === 'pie' ? 'chart.folded' : 'chart.omitted', { count: chart.omitted })}
        </p>
      )}
    </figure>
  );
}

function Cards({ chart }: { readonly chart: Extract<Chart, { kind: 'card' }> }) {
  const { i18n } = useTranslation();
  const { zone } = usePreferences();
  return (
    <div className="cards">
      {chart.values.map(({ name, value, column }) => (
        <div className="stat-card" key={name}>
          <div className="stat-value nums">
            {typeof value === 'number' || typeof value === 'bigint'
              ? formatCount(typeof value === 'bigint' ? value : numberOf(value), i18n.language)
              : formatCell(value, column.type, zone) || '–'}
          </div>
          <div className="stat-name">{name}</div>
        </div>
      ))}
    </div>
  );
}
