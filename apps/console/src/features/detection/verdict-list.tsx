import { Button } from '@sallyport/ui/button';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DetectionVerdictsDocument, type VerdictWord } from '../../generated/graphql.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { gqlQuery } from '../../lib/query.ts';
import { VerdictBadge } from '../../parts/detection-words.tsx';

const pageSize = 50;

export interface VerdictListProps {
  readonly code?: string | undefined;
  readonly verdict?: VerdictWord | undefined;
}

/** What people said of findings, newest first, each with the call it is about. */
export function VerdictList({ code, verdict }: VerdictListProps) {
  const { t } = useTranslation(['detection', 'common']);
  const [first, setFirst] = useState(pageSize);
  const filter = { ...(code ? { code } : {}), ...(verdict ? { verdict } : {}) };
  const query = useQuery(gqlQuery(DetectionVerdictsDocument, { filter, first }, { touches: ['detection'] }));
  return (
    <QueryGate query={query}>
      {({ detectionVerdicts: { nodes, pageInfo } }) =>
        nodes.length === 0 ? (
          <p className="text-muted text-sm">{t('detection:verdicts.empty')}</p>
        ) : (
          <>
            <ul className="divide-y">
              {nodes.map((node) => (
                <li key={node.id} className="flex flex-col gap-1 py-2 text-sm">
                  <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                    <VerdictBadge verdict={node.verdict} isPlain />
                    {code === undefined ? <span className="font-mono text-xs">{node.code}</span> : null}
                    <span className="text-faint text-xs">
                      <RelativeTime at={node.at} />
                      {node.by === null ? null : (
                        <>
                          {' '}
                          <UntrustedText text={t('detection:verdicts.by', { name: node.by })} />
                        </>
                      )}
                    </span>
                    <Link
                      to="/calls"
                      search={{ open: node.callId }}
                      className="ms-auto text-accent text-xs hover:underline"
                    >
                      {t('detection:verdicts.openCall')}
                    </Link>
                  </span>
                  {node.note === null ? null : (
                    <span className="text-muted">
                      <UntrustedText text={node.note} isMultiline />
                    </span>
                  )}
                </li>
              ))}
            </ul>
            {pageInfo.hasNextPage && first < 200 ? (
              <Button size="sm" onClick={() => setFirst(first + pageSize)}>
                {t('common:showMore')}
              </Button>
            ) : null}
          </>
        )
      }
    </QueryGate>
  );
}
