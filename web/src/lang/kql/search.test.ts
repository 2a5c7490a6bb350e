import { describe, expect, it } from 'vitest';
import type { Column } from '../../api/types';
import { addSearchTerm, parseSearch, searchTermText, searchToKql } from './search';

const columns: Column[] = [
  { name: 'timestamp', type: 'datetime' },
  { name: 'level', type: 'string' },
  { name: 'service', type: 'string' },
  { name: 'message', type: 'string' },
  { name: 'status', type: 'long' },
  { name: 'http.path', type: 'string' },
  { name: 'attributes', type: 'dynamic' },
];
const kql = (text: string) => searchToKql(text, { name: 'logs', columns }).split('\n').slice(1);

describe('searchToKql', () => {
  it.each([
    ['timeout', ['| where message has "timeout"']],
    ['결제', ['| where message contains "결제"']],
    ['결제API timeout', ['| where message contains "결제API"', '| where message has "timeout"']],
    ['"connection refused"', ['| where message has "connection refused"']],
    ['"결제 실패"', ['| where message contains "결제 실패"']],
    ['"unclosed phrase', ['| where message has "unclosed phrase"']],
    ['-debug', ['| where message !has "debug"']],
    ['time*', ['| where message hasprefix "time"']],
    ['=>', ['| where message contains "=>"']],
    ['service:payments', ['| where service == "payments"']],
    ['SERVICE:payments', ['| where service == "payments"']],
    ['service:"care app"', ['| where service == "care app"']],
    ['-level:info', ['| where level != "info"']],
    ['status:500', ['| where status == 500']],
    ['status:>=500', ['| where status >= 500']],
    ['status:abc', ['| where tostring(status) == "abc"']],
    ['service:pay*', ['| where service startswith "pay"']],
    ['level:*', ['| where isnotempty(level)']],
    ['-status:*', ['| where isnull(status)']],
    ['http.path:/health', ['| where [\'http.path\'] == "/health"']],
    ['attributes.user.id:kim', ['| where tostring(attributes.user.id) == "kim"']],
    ['http://x/y', ['| where message has "http://x/y"']],
    ['nosuch:thing', ['| where message has "nosuch:thing"']],
    [
      'level:error OR level:fatal timeout',
      ['| where level == "error" or level == "fatal"', '| where message has "timeout"'],
    ],
    [
      'say\\"x" | take 0',
      [
        '| where message has "say\\\\\\"x\\""',
        '| where message contains "|"',
        '| where message has "take"',
        '| where message has "0"',
      ],
    ],
    ['', []],
  ])('%s', (text, lines) => {
    expect(kql(text)).toEqual(lines);
  });

  it('looks in every column where there is no message, and quotes the table', () => {
    expect(searchToKql('kim -lee', { name: 'app-logs', columns: [] })).toBe(
      '[\'app-logs\']\n| where * has "kim"\n| where not(* has "lee")',
    );
  });

  it('names fields it does not know', () => {
    expect(parseSearch('servce:x http://y', columns).unknownFields).toEqual(['servce']);
  });
});

describe('addSearchTerm', () => {
  it('adds once, and the opposite gives way', () => {
    expect(addSearchTerm('timeout', 'level:error')).toBe('timeout level:error');
    expect(addSearchTerm('timeout level:error', 'level:error')).toBe('timeout level:error');
    expect(addSearchTerm('timeout level:error', '-level:error')).toBe('timeout -level:error');
  });

  it('round-trips any value', () => {
    for (const value of ['plain', 'two words', 'q"uote', 'back\\slash', '결제 완료', '>5', 'a*', '']) {
      const { groups } = parseSearch(searchTermText('service', value, false), columns);
      expect(groups[0]?.[0]).toMatchObject({ field: 'service', operator: ':', text: value });
    }
  });
});
