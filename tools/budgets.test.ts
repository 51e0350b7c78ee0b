import { describe, expect, it } from 'vitest';
import { checkBudgets } from './budgets.ts';

const lines = (count: number) => Array.from({ length: count }, () => '  x();').join('\n');

describe('checkBudgets', () => {
  it('refuses a file that says nothing by its name', () => {
    expect(checkBudgets('libs/mcp/src/utils.ts', '')).toHaveLength(1);
    expect(checkBudgets('libs/mcp/src/toolNames.ts', '')).toHaveLength(1);
    expect(checkBudgets('libs/mcp/src/tool-names.int.test.ts', '')).toEqual([]);
  });

  it('refuses a long file and a long function', () => {
    expect(checkBudgets('libs/mcp/src/a.ts', lines(301))).toHaveLength(1);
    expect(checkBudgets('libs/mcp/src/a.ts', `const f = () => {\n${lines(60)}\n};`)).toHaveLength(1);
    expect(checkBudgets('libs/mcp/src/a.test.ts', `const f = () => {\n${lines(60)}\n};`)).toEqual([]);
  });
});
