import { expect, it } from 'vitest';
import { fileOfRule, ruleSketches } from './newRule';

it('calls the file like the rule', () => {
  expect(fileOfRule('name: pay/errors "x"\nquery: logs')).toBe('pay-errors.yaml');
  expect(fileOfRule('rules:\n  - name: "결제 오류"\n')).toBe('결제 오류.yaml');
  expect(fileOfRule('query: logs')).toBe('new-rule.yaml');
  expect(new Set(ruleSketches.map(({ text }) => fileOfRule(text))).size).toBe(ruleSketches.length);
});
