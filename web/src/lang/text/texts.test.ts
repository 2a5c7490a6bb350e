import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { ko } from './ko';

function flatten(value: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(value).flatMap(([key, inner]: [string, string | object]) =>
      typeof inner === 'string' ? [[prefix + key, inner] as const] : [...flatten(inner, `${prefix}${key}.`)],
    ),
  );
}

const english = flatten(en);
const korean = flatten(ko);
const placeholders = (text: string | undefined) => (text?.match(/\{\{\w+\}\}/g) ?? []).toSorted();

describe('dictionaries', () => {
  it('have the same keys', () => {
    expect([...korean.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  it('have no empty text and the same placeholders', () => {
    for (const [key, text] of english) {
      expect(text, key).not.toBe('');
      expect(korean.get(key), key).not.toBe('');
      expect(placeholders(korean.get(key)), key).toEqual(placeholders(text));
    }
  });

  it('hold every key that the program uses', () => {
    const root = path.join(import.meta.dirname, '../..');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx$/.test(name));
    for (const file of files) {
      for (const [, key] of readFileSync(path.join(root, file), 'utf8').matchAll(/\bt\('([\w.]+)'/g)) {
        const isKnown = english.has(key ?? '') || english.has(`${key}_other`);
        expect(isKnown, `${key} in ${file}`).toBe(true);
      }
    }
  });
});
