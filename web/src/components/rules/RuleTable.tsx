import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../api/types';
import type { RuleSort } from '../../state/rules';
import { RuleRow } from './RuleRow';

/** Rows drawn at first; thousands of rules would make every renewal slow. */
const pageRows = 100;
const columns = ['state', 'name', 'lag', 'rowsIn', 'late', 'dropped', 'corrected', 'keys', 'cost', 'memory'] as const;

interface RuleTableProps {
  readonly rules: readonly Rule[];
  readonly sort: RuleSort;
  readonly canWrite: boolean;
  readonly onSort: (sort: RuleSort) => void;
}

/** The rules, one a line; a line opens to all there is to know of its rule. */
export function RuleTable({ rules, sort, canWrite, onSort }: RuleTableProps) {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(pageRows);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (name: string) => {
    const next = new Set(open);
    next.delete(name) || next.add(name);
    setOpen(next);
  };
  return (
    <>
      <div className="table-host">
        <table className="plain-table rule-table">
          <thead>
            <tr>
              {columns.map((name) => (
                <th
                  key={name}
                  scope="col"
                  className={`is-${name}`}
                  aria-sort={name === sort ? (name === 'name' ? 'ascending' : 'descending') : undefined}
                >
                  <button type="button" title={t(`rules.hint.${name}`)} onClick={() => onSort(name)}>
                    {t(`rules.columns.${name}`)}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rules.slice(0, limit).map((rule) => (
              <RuleRow
                key={rule.name}
                rule={rule}
                columnCount={columns.length}
                canWrite={canWrite}
                isOpen={open.has(rule.name)}
                onToggle={() => toggle(rule.name)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {rules.length > limit && (
        <button type="button" className="btn more-rows" onClick={() => setLimit(limit + 5 * pageRows)}>
          {t('rules.more', { count: rules.length - limit })}
        </button>
      )}
    </>
  );
}
