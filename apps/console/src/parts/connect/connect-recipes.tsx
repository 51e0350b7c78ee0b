import '../texts.ts';
import { buttonClass } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { CodeBlock } from '@sallyport/ui/code-block';
import { Segmented } from '@sallyport/ui/segmented';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recipe, RecipeStep } from './recipe.ts';
import { connectRecipes, settingsName } from './recipes.ts';

export interface ConnectRecipesProps {
  readonly url: string;
  /** The key just made; without it the recipes show where one belongs. */
  readonly secret: string | null;
  /** Which client is shown; without it the reader chooses here alone. */
  readonly client?: string | undefined;
  readonly onClient?: ((client: string) => void) | undefined;
  readonly onCopied?: (() => void) | undefined;
}

const groups = ['agents', 'developers'] as const;

/** One client at a time: choose, copy, paste. */
export function ConnectRecipes({ url, secret, client, onClient, onCopied }: ConnectRecipesProps) {
  const { t } = useTranslation('parts');
  const [own, setOwn] = useState<string | undefined>(client);
  const recipes = connectRecipes({ name: settingsName(url), url, secret });
  const wanted = client ?? own;
  const chosen = recipes.find((recipe) => recipe.client === wanted) ?? recipes[0];
  if (chosen === undefined) return null;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {groups.map((group) => (
        <div key={group} className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="w-24 text-faint text-xs">{t(`connect.group.${group}`)}</span>
          <Segmented
            label={t(`connect.group.${group}`)}
            value={chosen.client}
            options={recipes
              .filter((recipe) => recipe.group === group)
              .map((recipe) => ({ value: recipe.client, label: recipe.title }))}
            onChange={(next) => {
              setOwn(next);
              onClient?.(next);
            }}
          />
        </div>
      ))}
      <RecipeView key={chosen.client} recipe={chosen} onCopied={onCopied} />
    </div>
  );
}

function RecipeView({
  recipe,
  onCopied,
}: {
  readonly recipe: Recipe;
  readonly onCopied?: (() => void) | undefined;
}) {
  const { t } = useTranslation('parts');
  const notes = recipe.notes.map((note) => t(`connect.note.${note}`));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {recipe.state === 'later' ? (
        <Callout tone="hold" title={t('connect.later')}>
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Callout>
      ) : null}
      {recipe.links.length === 0 ? null : (
        <p className="flex flex-wrap gap-2">
          {recipe.links.map((link) => (
            <a key={link.kind} href={link.href} className={buttonClass()}>
              <ExternalLink className="size-3.5" aria-hidden="true" />
              {t(`connect.link.${link.kind}`)}
            </a>
          ))}
        </p>
      )}
      {recipe.steps.map((step) => (
        <Step key={step.text} step={step} title={recipe.title} onCopied={onCopied} />
      ))}
      {recipe.state === 'works' && notes.length > 0 ? (
        <ul className="flex max-w-[75ch] list-disc flex-col gap-1 ps-4 text-faint text-xs marker:text-line-strong">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

interface StepProps {
  readonly step: RecipeStep;
  readonly title: string;
  readonly onCopied?: (() => void) | undefined;
}

function Step({ step, title, onCopied }: StepProps) {
  const { t } = useTranslation(['parts', 'common']);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="text-muted text-xs">
        {step.file === null ? (
          t('parts:connect.command')
        ) : (
          <>
            {t('parts:connect.fileStep')} <code className="font-mono text-ink">{step.file}</code>
          </>
        )}
      </p>
      <CodeBlock
        code={step.text}
        label={`${t('parts:connect.recipe', { client: title })}: ${step.file ?? t('parts:connect.command')}`}
        copyLabel={t('common:copy')}
        copiedLabel={t('common:copied')}
        onCopied={onCopied}
      />
    </div>
  );
}
