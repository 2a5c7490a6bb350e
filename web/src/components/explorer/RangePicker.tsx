import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../lang/format';
import { usePreferences, type Zone } from '../../state/preferences';
import { absolute, formatRange, parseRange, relativeChoices, type Span, type TimeRange } from '../../state/timeRange';
import { Popover } from '../Popover';

interface RangePickerProps {
  readonly range: TimeRange;
  readonly span: Span;
  readonly onRange: (range: TimeRange) => void;
}

/** Which span of time: the last minutes to days, two moments, or everything. */
export function RangePicker({ range, span, onRange }: RangePickerProps) {
  const { t } = useTranslation();
  const { zone } = usePreferences();
  const text = useRangeText(range);
  return (
    <Popover
      label={<span className="nums">{text}</span>}
      icon="clock"
      ariaLabel={t('range.label')}
      align="end"
      hasChevron
    >
      {(close) => (
        <div className="range-panel">
          <div className="range-choices">
            {[...relativeChoices, 'all' as const].map((choice) => (
              <button
                key={choice}
                type="button"
                className={range.kind !== 'absolute' && formatRange(range) === choice ? 'menu-item is-on' : 'menu-item'}
                onClick={() => {
                  const chosen = parseRange(choice);
                  if (chosen) {
                    onRange(chosen);
                  }

                  close();
                }}
              >
                {t(`range.${choice}`)}
              </button>
            ))}
          </div>
          <AbsoluteForm
            span={span}
            zone={zone}
            onRange={(next) => {
              onRange(next);
              close();
            }}
          />
        </div>
      )}
    </Popover>
  );
}

/** The range in words, as the button shows it. */
export function useRangeText(range: TimeRange): string {
  const { t } = useTranslation();
  const { zone } = usePreferences();
  if (range.kind === 'absolute') {
    const from = formatTime(Date.parse(range.from), zone, 'second');
    const to = formatTime(Date.parse(range.to), zone, 'second');
    return from.slice(0, 10) === to.slice(0, 10) ? `${from} – ${to.slice(11)}` : `${from} – ${to}`;
  }

  const text = formatRange(range);
  const known = [...relativeChoices, 'all'] as const;
  const found = known.find((choice) => choice === text);
  return found ? t(`range.${found}`) : t('range.last', { span: text });
}

interface AbsoluteFormProps {
  readonly span: Span;
  readonly zone: Zone;
  readonly onRange: (range: TimeRange) => void;
}

function AbsoluteForm({ span, zone, onRange }: AbsoluteFormProps) {
  const { t } = useTranslation();
  const nowMs = Date.now();
  const [from, setFrom] = useState(inputValue(span.fromMs ?? nowMs - 3_600_000, zone));
  const [to, setTo] = useState(inputValue(span.toMs ?? nowMs, zone));
  const fromMs = readInput(from, zone);
  const toMs = readInput(to, zone);
  const isValid = fromMs < toMs;
  return (
    <form
      className="range-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) {
          onRange(absolute(fromMs, toMs));
        }
      }}
    >
      <label>
        {t('range.from')}
        <input
          className="input"
          type="datetime-local"
          step="1"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <label>
        {t('range.to')}
        <input
          className="input"
          type="datetime-local"
          step="1"
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      </label>
      <p className="dim">{t(zone === 'utc' ? 'range.inUtc' : 'range.inLocal')}</p>
      {!isValid && <p className="form-error">{t('range.invalid')}</p>}
      <button type="submit" className="btn primary" disabled={!isValid}>
        {t('range.apply')}
      </button>
    </form>
  );
}

const inputValue = (ms: number, zone: Zone): string => formatTime(ms, zone, 'second').replace(' ', 'T');
const readInput = (text: string, zone: Zone): number => Date.parse(zone === 'utc' ? `${text}Z` : text);
