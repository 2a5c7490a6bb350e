import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueryResult } from '../../api/types';
import type { Chart } from '../../lang/chart';
import { usePreferences } from '../../state/preferences';
import { absolute, type TimeRange } from '../../state/timeRange';
import type { Explorer } from '../../state/useExplorer';
import { ChartView } from '../charts/ChartView';
import { Empty, Loading } from '../Notice';
import { EmptyResult } from './EmptyResult';
import { isPartial, PartialEnd } from './ResultBar';
import { type GridHandle, ResultGrid } from './ResultGrid';
import { TailWaiting } from './TailView';

interface ResultViewProps {
  readonly explorer: Explorer;
  readonly result: QueryResult | null;
  readonly isTail: boolean;
  /** The chart to draw; null for the grid. */
  readonly chart: Chart | null;
  readonly visible: readonly number[];
  readonly selected: number | null;
  readonly cursor: number | null;
  readonly highlight: RegExp | null;
  readonly gridRef: Ref<GridHandle>;
  readonly onOpen: (index: number) => void;
  readonly onRange: (range: TimeRange) => void;
  readonly onScrolledAway: (isAway: boolean) => void;
}

/** The rows or the chart; or why there are none. */
export function ResultView(props: ResultViewProps) {
  const { explorer, result, isTail, chart, onRange } = props;
  const { t } = useTranslation();
  const { isWrapped, zone } = usePreferences();
  const { rows, text, run } = explorer;
  if (rows.error && !isTail) {
    return null; // the error stands under the query, where it can be mended
  }

  if (!result) {
    return rows.isFetching ? (
      <Loading label={t('result.running')} />
    ) : (
      <Empty icon="stop" title={t(text.trim() ? 'result.cancelled' : 'result.noQuery')}>
        {text.trim() && (
          <button type="button" className="btn" onClick={run}>
            {t('result.again')}
          </button>
        )}
      </Empty>
    );
  }

  if (chart) {
    return <ChartView chart={chart} onRange={(fromMs, toMs) => onRange(absolute(fromMs, toMs))} />;
  }

  if (result.rows.length === 0) {
    return isTail ? (
      <TailWaiting />
    ) : rows.isPlaceholderData ? null : (
      <EmptyResult explorer={explorer} onRange={onRange} />
    );
  }

  return (
    <ResultGrid
      ref={props.gridRef}
      columns={result.columns}
      rows={result.rows}
      visible={props.visible}
      selected={props.selected}
      cursor={props.cursor}
      isWrapped={isWrapped}
      zone={zone}
      highlight={props.highlight}
      label={t('result.label')}
      onOpen={props.onOpen}
      onScrolledAway={isTail ? props.onScrolledAway : undefined}
      footer={!isTail && isPartial(explorer, result) ? <PartialEnd explorer={explorer} result={result} /> : null}
    />
  );
}
