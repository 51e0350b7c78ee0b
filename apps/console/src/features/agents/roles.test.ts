import { describe, expect, it } from 'vitest';
import { faultyRole, readRoles } from './roles.ts';

describe('readRoles', () => {
  it('takes commas, spaces and doubles', () => {
    expect(readRoles(' support, billing support ')).toEqual(['support', 'billing']);
  });
});

describe('faultyRole', () => {
  it('names the first role that policies could not refer to', () => {
    expect(faultyRole(['support', '-x', 'ü'])).toBe('-x');
    expect(faultyRole(['support', 'a.b_c-1'])).toBeNull();
  });

  it('refuses the twenty-first', () => {
    expect(faultyRole(Array.from({ length: 21 }, (_, index) => `r${index}`))).toBe('r20');
  });
});
