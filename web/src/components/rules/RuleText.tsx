import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleFileError } from '../../api/types';

interface RuleTextProps {
  readonly value: string;
  readonly errors: readonly RuleFileError[];
  readonly warnings: readonly RuleFileError[];
  readonly isReadOnly: boolean;
  readonly onChange: (value: string) => void;
  readonly onSave: () => void;
}

/** A rule file as text: numbered lines, the wrong ones marked, what is wrong below. */
export function RuleText({ value, errors, warnings, isReadOnly, onChange, onSave }: RuleTextProps) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const lines = value.split('\n');
  const faults = [...errors, ...warnings];
  const wrong = new Set(errors.map(({ line }) => line));
  const goTo = (line: number | null, column: number | null) => {
    const before = lines.slice(0, (line ?? 1) - 1).reduce((sum, text) => sum + text.length + 1, 0);
    area.current?.focus();
    area.current?.setSelectionRange(before + (column ?? 1) - 1, before + (column ?? 1) - 1);
  };
  return (
    <div className="rule-text">
      <div className="rule-text-body">
        <div className="rule-text-lines" ref={gutter} aria-hidden="true">
          {lines.map((_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing but its number
            <span key={index} className={wrong.has(index + 1) ? 'is-wrong' : undefined}>
              {index + 1}
            </span>
          ))}
        </div>
        <textarea
          ref={area}
          value={value}
          readOnly={isReadOnly}
          aria-label={t('ruleEditor.text')}
          aria-invalid={errors.length > 0}
          data-testid="rule-text"
          spellCheck={false}
          autoCapitalize="off"
          wrap="off"
          onChange={(event) => onChange(event.target.value)}
          onScroll={(event) => {
            if (gutter.current) {
              gutter.current.scrollTop = event.currentTarget.scrollTop;
            }
          }}
          onKeyDown={(event) => {
            if ((event.ctrlKey || event.metaKey) && event.key === 's') {
              event.preventDefault();
              onSave();
            } else if (event.key === 'Enter' && !event.nativeEvent.isComposing && indentAt(event.currentTarget)) {
              // Not setRangeText: that would forget what can be undone.
              event.preventDefault();
              document.execCommand('insertText', false, `\n${indentAt(event.currentTarget)}`);
            }
          }}
        />
      </div>
      {faults.length > 0 && (
        <ul className="rule-text-errors" aria-live="polite" data-testid="rule-errors">
          {faults.map(({ line, column, message, suggestion }, index) => (
            <li key={`${line}:${column}:${message}`} className={index < errors.length ? undefined : 'is-warning'}>
              <button type="button" className="btn quiet small nums" onClick={() => goTo(line, column)}>
                {line}:{column}
              </button>{' '}
              {message}
              {suggestion && <em> {t('ruleEditor.meant', { suggestion })}</em>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The blanks the line of the cursor begins with: the next line begins so too. */
function indentAt({ value, selectionStart }: HTMLTextAreaElement): string {
  const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart);
  return /^ */.exec(line)?.[0] ?? '';
}
