import { cx } from '@sallyport/ui/cx';
import { Section } from '@sallyport/ui/section';
import { toneText } from '@sallyport/ui/tone';
import { Link, type LinkProps } from '@tanstack/react-router';
import { CheckCircle2, ChevronRight, CircleAlert, PauseCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ServerState } from '../../generated/graphql.ts';
import { useViewer } from '../../lib/viewer.ts';
import type { Overview } from './overview-page.tsx';

interface Need {
  readonly id: string;
  readonly text: string;
  readonly tone: 'hold' | 'block';
  readonly link: Pick<LinkProps, 'to' | 'search'> | null;
}

function countIn(overview: Overview, state: ServerState): number {
  return overview.servers.filter((server) => server.state === state).length;
}

/** What waits for a person, gravest first; every line leads to where it is done. */
export function NeedsYou({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation('overview');
  const { isOperator } = useViewer();
  const { publication } = overview;
  const failed = countIn(overview, 'VETTING_FAILED');
  const review = countIn(overview, 'NEEDS_REVIEW');
  const isLagging = publication.version > 0 && publication.workersLive < publication.workersTotal;
  const needs: Need[] = [];
  if (overview.driftedTools > 0) {
    needs.push({
      id: 'drift',
      tone: 'block',
      text: t('needs.drift', { count: overview.driftedTools }),
      link: { to: '/approvals' },
    });
  }
  if (isLagging) {
    const { workersLive: live, workersTotal: total } = publication;
    needs.push({ id: 'lag', tone: 'block', text: t('needs.lag', { live, total }), link: null });
  }
  if (failed > 0) {
    needs.push({
      id: 'failed',
      tone: 'block',
      text: t('needs.failed', { count: failed }),
      link: { to: '/catalog', search: { state: ['VETTING_FAILED'] } },
    });
  }
  if (overview.openApprovals > 0) {
    needs.push({
      id: 'approvals',
      tone: 'hold',
      text: t('needs.approvals', { count: overview.openApprovals }),
      link: { to: '/approvals' },
    });
  } else if (review > 0) {
    needs.push({
      id: 'review',
      tone: 'hold',
      text: t('needs.review', { count: review }),
      link: { to: '/catalog', search: { state: ['NEEDS_REVIEW'] } },
    });
  }
  if (isOperator && overview.anonymousRefusals > 0) {
    needs.push({
      id: 'anonymous',
      tone: 'hold',
      text: t('needs.anonymous', { count: overview.anonymousRefusals }),
      link: null,
    });
  }
  return (
    <Section title={t('needs.title')} isFlush>
      {needs.length === 0 ? (
        <p className="flex items-center gap-2 p-4 text-muted text-sm">
          <CheckCircle2 className="size-4 text-allow" aria-hidden="true" />
          {t('needs.nothing')}
        </p>
      ) : (
        <ul>
          {needs.map((need) => (
            <li key={need.id} className="border-b last:border-b-0">
              <NeedRow need={need} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function NeedRow({ need }: { readonly need: Need }) {
  const Icon = need.tone === 'block' ? CircleAlert : PauseCircle;
  const content = (
    <>
      <Icon className={cx('mt-0.5 size-4 shrink-0', toneText[need.tone])} aria-hidden="true" />
      <span className="min-w-0 flex-1">{need.text}</span>
    </>
  );
  const className = 'flex items-start gap-2.5 px-4 py-2.5 text-sm';
  if (need.link === null) return <div className={className}>{content}</div>;
  return (
    <Link {...need.link} className={cx(className, 'outline-offset-[-2px] hover:bg-hover')}>
      {content}
      <ChevronRight className="mt-0.5 size-4 shrink-0 text-faint" aria-hidden="true" />
    </Link>
  );
}
