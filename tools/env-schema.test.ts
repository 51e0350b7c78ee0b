import { describe, expect, it } from 'vitest';
import { settingsOf } from './env-schema.ts';

const source = `
import { z } from 'zod';
const list = z.string().default('').transform((text) => text.split(','));
export const envSchema = z.object({
  PORT: z.coerce.number().int().default(4_411),
  /** Sealed with it: the spool. */
  SPOOL_KEY: z.string(),
  OWN_PORTS: list,
  CONSOLE_DIST: z.string().optional(),
});
`;

describe('settingsOf', () => {
  it('reads names, comments, defaults and what is required', () => {
    expect(settingsOf(source)).toEqual([
      { name: 'PORT', about: '', otherwise: '4411', isRequired: false },
      { name: 'SPOOL_KEY', about: 'Sealed with it: the spool.', otherwise: undefined, isRequired: true },
      { name: 'OWN_PORTS', about: '', otherwise: '', isRequired: false },
      { name: 'CONSOLE_DIST', about: '', otherwise: undefined, isRequired: false },
    ]);
  });
});
