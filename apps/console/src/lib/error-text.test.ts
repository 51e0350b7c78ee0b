import { errorTable } from '@sallyport/kernel';
import { describe, expect, it } from 'vitest';
import errors from '../locales/en/errors.json';

describe('error texts', () => {
  it('say what happened and what to do for every code of the product, and hold no other', () => {
    expect(Object.keys(errors).sort()).toEqual([...Object.keys(errorTable), 'network'].sort());
    for (const [code, text] of Object.entries(errors)) {
      expect(text.title, code).toMatch(/\S/);
      expect(text.next, code).toMatch(/[.]$/);
      expect(`${text.title}${text.next}`, code).not.toMatch(/!/);
    }
  });
});
