import { request } from './client';
import type { RuleFile } from './rules';

/** Rules that come with the program. */
export interface RulePack {
  readonly name: string;
  readonly file: string;
  readonly about: string;
  readonly isAdded: boolean;
  readonly rules: readonly { readonly name: string; readonly severity: number; readonly summary: string }[];
}

export const getPacks = async (signal?: AbortSignal): Promise<readonly RulePack[]> =>
  (await request<{ packs: readonly RulePack[] }>('GET', '/api/rules/packs', { signal })).packs;

/** Copies a pack with its tests into the rules folder; it runs when this returns. */
export const addPack = (name: string): Promise<RuleFile> =>
  request('POST', `/api/rules/packs/${encodeURIComponent(name)}`, { body: {} });
