import { describe, expect, it } from 'vitest';
import type { Column } from '../api/types';
import type { ValueAt } from '../lang/kql/literal';
import { aroundChange, canFilter, filterChange, highlightOf, tableChange, traceChange } from './explorerActions';

const columns: Column[] = [
  { name: 'service', type: 'string' },
  { name: 'status', type: 'long' },
  { name: 'attributes', type: 'dynamic' },
];
const logs = { name: 'logs', columns };
const searching = { state: { kql: null, search: 'timeout' }, chosen: logs, source: logs, text: 'logs', isRows: true };
const grouping = {
  state: { kql: 'logs | summarize count() by service', search: '' },
  chosen: logs,
  source: logs,
  text: 'logs | summarize count() by service',
  isRows: false,
};
const service: ValueAt = { column: 'service', type: 'string', value: 'care app' };

describe('filterChange', () => {
  it('adds a term to the search box', () => {
    expect(filterChange(searching, service, false)).toEqual({ search: 'timeout service:"care app"', row: null });
    expect(filterChange(searching, { column: 'status', type: 'long', value: null }, true)).toEqual({
      search: 'timeout status:*',
      row: null,
    });
    expect(
      filterChange(searching, { column: 'attributes', type: 'dynamic', path: ['user'], value: 'kim' }, false).search,
    ).toBe('timeout attributes.user:kim');
  });

  it('turns to KQL where the search box has no words for it', () => {
    const inArray: ValueAt = { column: 'attributes', type: 'dynamic', path: ['ids', 0], value: 5 };
    expect(filterChange(searching, inArray, false).kql).toBe('logs\n| where tolong(attributes.ids[0]) == 5');
  });

  it('shows the rows behind a group', () => {
    expect(filterChange(grouping, service, false)).toMatchObject({ kql: 'logs\n| where service == "care app"' });
    expect(canFilter(grouping, 'service')).toBe(true);
    expect(canFilter(grouping, 'count_')).toBe(false);
  });

  it('changes nothing for what cannot be compared', () => {
    expect(filterChange(grouping, { column: 'attributes', type: 'dynamic', value: [1] }, false)).toEqual({});
  });
});

describe('moving about', () => {
  it('changes the table', () => {
    expect(tableChange({ kql: null }, 'audit')).toMatchObject({ table: 'audit' });
    expect(tableChange({ kql: 'logs | count' }, 'logs-app')).toMatchObject({ kql: "['logs-app']" });
  });

  it('looks around a row and along a trace', () => {
    expect(aroundChange('logs', '2026-11-20T00:00:30.0000000Z')).toMatchObject({
      search: '',
      range: { kind: 'absolute', from: '2026-11-20T00:00:20.000Z', to: '2026-11-20T00:00:40.000Z' },
    });
    expect(traceChange('logs', '2026-11-20T00:00:30Z', 'ab12').search).toBe('trace_id:ab12');
  });
});

describe('highlightOf', () => {
  it('marks what was looked for, letter by letter', () => {
    const pattern = highlightOf('a.b -hidden service:x time* "말 뭉치"', columns);
    expect('A.B axb hidden timer 말 뭉치'.match(pattern ?? /$^/g)).toEqual(['A.B', 'time', '말 뭉치']);
    expect(highlightOf('-x', columns)).toBeNull();
  });
});
