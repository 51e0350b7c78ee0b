import { describe, expect, it } from 'vitest';
import { connectRecipes } from './connect-recipes.ts';

const input = { name: 'sallyport-demo', url: 'http://127.0.0.1:4411/demo/main/key/mcp', secret: 'sp_secret' };
const byClient = new Map(connectRecipes(input).map((recipe) => [recipe.client, recipe]));

describe('connectRecipes', () => {
  it('knows every client of the console', () => {
    expect([...byClient.keys()]).toEqual([
      'claude-code',
      'cursor',
      'vscode',
      'codex',
      'gemini-cli',
      'curl',
      'sdk',
    ]);
  });

  it('names the endpoint in each', () => {
    for (const recipe of byClient.values()) expect(recipe.text).toContain(input.url);
  });

  it('writes valid JSON where it says JSON, with the keys each client reads', () => {
    const cursor = JSON.parse(byClient.get('cursor')?.text ?? '');
    expect(cursor.mcpServers['sallyport-demo'].headers.Authorization).toBe('Bearer sp_secret');
    const vscode = JSON.parse(byClient.get('vscode')?.text ?? '');
    expect(vscode.servers['sallyport-demo'].type).toBe('http');
    expect(vscode.inputs[0].password).toBe(true);
  });

  it('keeps the secret out of VS Code settings, which are often committed', () => {
    expect(byClient.get('vscode')?.text).not.toContain('sp_secret');
  });
});
