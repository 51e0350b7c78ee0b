import './texts.ts';
import { CodeBlock } from '@sallyport/ui/code-block';
import { Segmented } from '@sallyport/ui/segmented';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface Recipe {
  readonly client: string;
  readonly title: string;
  readonly text: string;
}

export interface ConnectRecipesProps {
  readonly recipes: readonly Recipe[];
  readonly onCopied?: (() => void) | undefined;
}

/** "Cursor (.cursor/mcp.json)" is a client and the file its recipe belongs into. */
function splitTitle(title: string): { readonly name: string; readonly place: string | null } {
  const match = /^(.*?) \((.+)\)$/.exec(title);
  return { name: match?.[1] ?? title, place: match?.[2] ?? null };
}

/** One client at a time: choose, copy, paste. The texts come filled in from the server. */
export function ConnectRecipes({ recipes, onCopied }: ConnectRecipesProps) {
  const { t } = useTranslation(['parts', 'common']);
  const [client, setClient] = useState(recipes[0]?.client ?? '');
  const chosen = recipes.find((recipe) => recipe.client === client) ?? recipes[0];
  if (chosen === undefined) return null;
  const { place } = splitTitle(chosen.title);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Segmented
        label={t('parts:connect.label')}
        value={chosen.client}
        options={recipes.map((recipe) => ({ value: recipe.client, label: splitTitle(recipe.title).name }))}
        onChange={setClient}
        className="self-start"
      />
      <CodeBlock
        code={chosen.text}
        label={t('parts:connect.recipe', { client: chosen.title })}
        copyLabel={t('common:copy')}
        copiedLabel={t('common:copied')}
        onCopied={onCopied}
      />
      {place === null ? null : <p className="font-mono text-faint text-xs">{place}</p>}
    </div>
  );
}
