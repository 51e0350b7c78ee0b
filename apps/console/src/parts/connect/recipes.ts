import { chatGpt, claudeApps, claudeCode, codex, cursor, gemini, vsCode } from './agent-recipes.ts';
import { curl, go, inspector, mcpRemote, python, typescript } from './developer-recipes.ts';
import type { Recipe, RecipeInput, RecipeWriter } from './recipe.ts';

const writers: readonly RecipeWriter[] = [
  claudeCode,
  cursor,
  vsCode,
  codex,
  gemini,
  claudeApps,
  chatGpt,
  curl,
  inspector,
  mcpRemote,
  typescript,
  python,
  go,
];

/** How each client connects to an endpoint with a key, ready to paste. */
export function connectRecipes(input: RecipeInput): readonly Recipe[] {
  return writers.map((write) => write(input));
}

/** The name an endpoint gets in a client's settings, by its URL `…/{tenant}/{endpoint}/key/mcp`: one short word. */
export function settingsName(url: string): string {
  const found = /\/([a-z0-9-]+)\/([a-z0-9-]+)\/key\/mcp$/.exec(url);
  const [, tenant, endpoint] = found ?? [];
  if (tenant === undefined) return 'sallyport';
  return endpoint === 'main' ? `sallyport-${tenant}` : `sallyport-${tenant}-${endpoint}`;
}
