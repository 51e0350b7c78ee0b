import { describe, expect, it } from 'vitest';
import { estimateTokens } from './token-estimate.ts';

describe('estimateTokens', () => {
  it('counts nothing for nothing, and grows with the text', () => {
    expect(estimateTokens('')).toBe(0);
    expect(estimateTokens('word')).toBe(1);
    expect(estimateTokens('two words')).toBe(2);
    expect(estimateTokens('a'.repeat(600))).toBe(75);
  });

  it('is near one token per three and a half characters of a tool definition', () => {
    const text = JSON.stringify({
      name: 'create_issue',
      description: 'Creates an issue in a project and returns its key.',
      inputSchema: {
        type: 'object',
        properties: { project: { type: 'string', description: 'Key of the project' } },
        required: ['project'],
      },
    });
    const perToken = text.length / estimateTokens(text);
    expect(perToken).toBeGreaterThan(3);
    expect(perToken).toBeLessThan(4.5);
  });
});
