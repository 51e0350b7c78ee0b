import { EmptyState } from '@sallyport/ui/empty-state';
import { KeyValues } from '@sallyport/ui/key-values';
import { Section } from '@sallyport/ui/section';
import { Segmented } from '@sallyport/ui/segmented';
import { Gauge } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DetectionViewFragment } from '../../generated/graphql.ts';
import { formatBytes, formatCount, formatDate, formatMs } from '../../lib/format.ts';
import { ClassifierSection } from './classifier-section.tsx';
import { type CardRow, type CardScope, type CardShare, type ModelCard, readCard } from './read-card.ts';

/** What the model is known to do, as it was measured, and the classifier that may be asked besides. */
export function ModelTab({ view }: { readonly view: DetectionViewFragment }) {
  const { t } = useTranslation('detection');
  const card = useMemo(() => readCard(view.card), [view.card]);
  return (
    <div className="flex flex-col gap-4">
      {card === null ? (
        <Section title={t('card.title')}>
          <EmptyState icon={<Gauge />} title={t('card.none')} description={t('card.noneNext')} />
        </Section>
      ) : (
        <Card card={card} />
      )}
      <ClassifierSection key={view.external?.url ?? ''} external={view.external} />
    </div>
  );
}

function Card({ card }: { readonly card: ModelCard }) {
  const { t } = useTranslation('detection');
  const [name, setName] = useState(card.protocols[0]?.name);
  const [scope, setScope] = useState<CardScope>('core');
  const protocol = card.protocols.find((each) => each.name === name) ?? card.protocols[0];
  return (
    <Section
      title={t('card.title')}
      description={card.date === null ? t('card.lead') : t('card.leadDated', { date: formatDate(card.date) })}
      isFlush
      aside={
        protocol === undefined ? undefined : (
          <span className="flex flex-wrap gap-2">
            <Segmented
              label={t('card.protocol')}
              value={protocol.name}
              options={card.protocols.map((each) => ({
                value: each.name,
                label: t(`card.protocols.${each.name}`),
              }))}
              onChange={setName}
            />
            <Segmented
              label={t('card.scope')}
              value={scope}
              options={(['core', 'all'] as const).map((value) => ({
                value,
                label: t(`card.scopes.${value}`),
              }))}
              onChange={setScope}
            />
          </span>
        )
      }
    >
      {protocol === undefined ? null : (
        <div className="border-b p-4">
          <p className="mb-3 max-w-[80ch] text-muted text-sm">{t(`card.about.${protocol.name}`)}</p>
          <Figures rows={protocol[scope]} />
        </div>
      )}
      <Facts card={card} />
    </Section>
  );
}

const contexts = [
  'rugPull',
  'shadowing',
  'lookalike',
  'harmlessUpdate',
  'realDefinitions',
  'realResults',
  'realCalls',
] as const;
const rowKinds = ['own', 'made', 'shared'] as const;
const surfaces = ['definition', 'arguments', 'result', 'resource', 'prompt', 'all'] as const;

/** A card of another release may name things that this one has no words for. */
function isOneOf<Word extends string>(words: readonly Word[], word: string): word is Word {
  return (words as readonly string[]).includes(word);
}

function Facts({ card }: { readonly card: ModelCard }) {
  const { t } = useTranslation('detection');
  return (
    <div className="grid gap-x-10 gap-y-5 p-4 lg:grid-cols-2">
      {card.context.length === 0 ? null : (
        <div>
          <h3 className="mb-2 font-medium text-sm">{t('card.context')}</h3>
          <KeyValues
            items={card.context.map(({ name, share }) => ({
              id: name,
              label: isOneOf(contexts, name) ? t(`card.contexts.${name}`) : name,
              value: <Share share={share} />,
            }))}
          />
        </div>
      )}
      <div>
        <h3 className="mb-2 font-medium text-sm">{t('card.facts')}</h3>
        <KeyValues
          items={[
            ...card.latency.map(({ kilobytes, p50Ms, p99Ms }) => ({
              id: `ms-${kilobytes}`,
              label: t('card.time', { kilobytes }),
              value: (
                <span className="tabular-nums">
                  {t('card.percentiles', { p50: formatMs(p50Ms), p99: formatMs(p99Ms) })}
                </span>
              ),
            })),
            ...card.redaction.map(({ name, part, of }) => ({
              id: `redaction-${name}`,
              label: t(`card.redaction.${name}`),
              value: (
                <span className="tabular-nums">
                  {of === 0 ? '–' : percent(part / of)}{' '}
                  <span className="text-faint text-xs">
                    {t('card.partOf', { part: formatCount(part), of: formatCount(of) })}
                  </span>
                </span>
              ),
            })),
            ...card.rows.map(({ name, count }) => ({
              id: `rows-${name}`,
              label: isOneOf(rowKinds, name) ? t(`card.rowsOf.${name}`) : name,
              value: <span className="tabular-nums">{formatCount(count)}</span>,
            })),
            ...(card.bytes === null
              ? []
              : [{ id: 'size', label: t('card.size'), value: formatBytes(card.bytes) }]),
          ]}
        />
      </div>
    </div>
  );
}

const percent = (value: number) => `${(value * 100).toFixed(1)} %`;

function Share({ share }: { readonly share: CardShare | null }) {
  const { t } = useTranslation('detection');
  if (share === null) return <span className="text-faint">–</span>;
  const low = (share.low * 100).toFixed(1);
  const high = (share.high * 100).toFixed(1);
  return (
    <span className="whitespace-nowrap tabular-nums">
      {percent(share.value)}{' '}
      <span className="text-faint text-xs" title={t('card.interval')}>
        {low}–{high}
      </span>
    </span>
  );
}

function Figures({ rows }: { readonly rows: readonly CardRow[] }) {
  const { t } = useTranslation('detection');
  const head = 'px-3 py-1 text-end font-normal whitespace-nowrap';
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
      tabIndex={0}
      aria-label={t('card.figures')}
      className="-mx-4 overflow-x-auto px-4"
    >
      <table className="w-full text-sm">
        <thead>
          <tr className="text-faint text-xs">
            <th className="py-1 pe-3 text-start font-normal">{t('card.surface')}</th>
            <th className={head}>{t('card.size2')}</th>
            <th className={head}>{t('card.auc')}</th>
            <th className={head}>{t('card.recall')}</th>
            <th className={head}>{t('card.falsePositives')}</th>
            <th className={head}>{t('card.tpr')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.surface} className={row.surface === 'all' ? 'border-t font-medium' : 'border-t'}>
              <th scope="row" className="py-1.5 pe-3 text-start font-normal">
                {isOneOf(surfaces, row.surface) ? t(`card.surfaces.${row.surface}`) : row.surface}
              </th>
              <td className="whitespace-nowrap px-3 py-1.5 text-end tabular-nums">
                {formatCount(row.malicious)} / {formatCount(row.benign)}
              </td>
              <td className="px-3 py-1.5 text-end tabular-nums">{row.rocAuc?.toFixed(3) ?? '–'}</td>
              <td className="px-3 py-1.5 text-end">
                <Share share={row.recall} />
              </td>
              <td className="px-3 py-1.5 text-end">
                <Share share={row.falsePositives} />
              </td>
              <td className="px-3 py-1.5 text-end tabular-nums">
                {row.recallAt1 === null ? '–' : percent(row.recallAt1)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
