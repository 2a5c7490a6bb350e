import { useTranslation } from 'react-i18next';
import type { Alert, AlertEvidence, JsonValue } from '../../api/types';
import { formatCount, plainText } from '../../lang/format';
import { comparisonsOf } from '../../state/evidence';
import { Gauge } from './Gauge';

/** The values of an alert against their limits or their band. */
export function Comparisons({ alert }: { readonly alert: Alert }) {
  const found = comparisonsOf(alert);
  return found.length === 0 ? null : (
    <div className="gauges" data-testid="comparisons">
      {found.map((each) => (
        <Gauge key={`${each.name}${each.low}${each.high}`} {...each} />
      ))}
    </div>
  );
}

/** What the messages behind an alert say, and a few of them. */
export function Evidence({ evidence }: { readonly evidence: AlertEvidence }) {
  const { t, i18n } = useTranslation();
  const most = Math.max(...evidence.patterns.map(({ count }) => count), 1);
  return (
    <div className="evidence" data-testid="evidence">
      {evidence.patterns.length > 0 && (
        <section>
          <h3>{t('evidence.patterns')}</h3>
          <ul className="evidence-patterns">
            {evidence.patterns.map(({ pattern, count }) => (
              <li key={pattern}>
                <span className="evidence-bar" style={{ inlineSize: `${(100 * count) / most}%` }} />
                <b className="nums">{formatCount(count, i18n.language)}</b> <code>{pattern}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      {evidence.samples.length > 0 && (
        <section>
          <h3>{t('evidence.samples')}</h3>
          <ul className="evidence-samples">
            {evidence.samples.map((sample, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows may be equal
              <li key={index}>
                <Sample row={sample} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** A row: when and what it says, then the rest of it. */
function Sample({ row }: { readonly row: Readonly<Record<string, JsonValue>> }) {
  const { timestamp, message, message_decoded: _, ...rest } = row;
  const facts = Object.entries(rest).filter(([, value]) => value !== null && value !== '');
  const text = (value: JsonValue | undefined) => (value === undefined || value === null ? '' : plainText(value));
  return (
    <>
      <code>
        <span className="dim nums">{text(timestamp)}</span> {text(message)}
      </code>
      <p className="sample-facts">
        {facts.map(([name, value]) => (
          <span key={name}>
            <span className="dim">{name}</span> {plainText(value)}
          </span>
        ))}
      </p>
    </>
  );
}
