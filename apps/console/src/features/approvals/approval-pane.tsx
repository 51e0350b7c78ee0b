import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  ApprovalPaneDocument,
  type ApprovalPaneQuery,
  DecideApprovalDocument,
  type DecideApprovalMutation,
} from '../../generated/graphql.ts';
import { QueryGate } from '../../lib/data-states.tsx';
import { gqlQuery, useGqlMutation } from '../../lib/query.ts';
import { LiveOn } from '../../parts/live-on.tsx';
import { ApprovalHeader } from './approval-header.tsx';
import { DecidedTools } from './decided-tools.tsx';
import { OpenItem } from './open-item.tsx';

export type ApprovalItem = NonNullable<ApprovalPaneQuery['approval']>;
export type DecideMutation = ReturnType<typeof useDecide>;

const changes = ['approval', 'server', 'publication'] as const;

function useDecide() {
  return useGqlMutation(DecideApprovalDocument, { changes });
}

export interface ApprovalPaneProps {
  readonly id: string;
  readonly onBack: () => void;
  /** Opens the next open item; absent when there is none. */
  readonly onNext: (() => void) | undefined;
}

/** One item of the inbox in full. */
export function ApprovalPane(props: ApprovalPaneProps) {
  const { t } = useTranslation('approvals');
  const query = useQuery(
    gqlQuery(ApprovalPaneDocument, { id: props.id }, { touches: ['approval', 'server', 'vet'] }),
  );
  return (
    <section
      id="approval-pane"
      tabIndex={-1}
      aria-label={t('pane.label')}
      className="flex min-h-0 flex-1 flex-col outline-none"
    >
      <QueryGate query={query}>
        {({ approval }) =>
          approval === null ? (
            <p className="p-4 text-muted text-sm">{t('pane.notFound')}</p>
          ) : (
            <Item {...props} fresh={approval} />
          )
        }
      </QueryGate>
    </section>
  );
}

function digestsOf(item: ApprovalItem): string {
  return item.tools.map((entry) => `${entry.tool.id} ${entry.observedDigest}`).join('\n');
}

/** A decision is about what was read: the item is held still, and a change meanwhile is said instead of shown. */
function Item({ fresh, onBack, onNext }: ApprovalPaneProps & { readonly fresh: ApprovalItem }) {
  const { t } = useTranslation('approvals');
  const [seen, setSeen] = useState(fresh);
  const decide = useDecide();
  if (fresh.state !== 'OPEN') {
    return (
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <ApprovalHeader item={fresh} onBack={onBack} />
        {decide.data === undefined ? null : (
          <Outcome result={decide.data} server={fresh.server} onNext={onNext} />
        )}
        <DecidedTools item={fresh} />
      </div>
    );
  }
  const hasMoved = digestsOf(fresh) !== digestsOf(seen);
  return (
    <OpenItem key={digestsOf(seen)} item={seen} isStale={hasMoved} decide={decide} onBack={onBack}>
      {hasMoved ? (
        <Callout
          tone="hold"
          title={t('moved.title')}
          className="mb-4"
          action={
            <Button
              onClick={() => {
                setSeen(fresh);
                decide.reset();
              }}
            >
              {t('moved.action')}
            </Button>
          }
        >
          {t('moved.next')}
        </Callout>
      ) : null}
    </OpenItem>
  );
}

interface OutcomeProps {
  readonly result: DecideApprovalMutation;
  readonly server: ApprovalItem['server'];
  readonly onNext: (() => void) | undefined;
}

/** What the decision did, as far as the workers confirm it. */
function Outcome({ result, server, onNext }: OutcomeProps) {
  const { t } = useTranslation('approvals');
  const { state, publication } = result.decideApproval;
  const next = onNext === undefined ? undefined : <Button onClick={onNext}>{t('outcome.nextItem')}</Button>;
  const isLive = server.state === 'PUBLISHED' && publication !== null;
  const title = t(state === 'APPROVED' ? 'outcome.approved' : 'outcome.rejected');
  return (
    <div className="mb-4">
      {isLive ? (
        <LiveOn title={title} version={publication.version} action={next} />
      ) : (
        <Callout tone={state === 'APPROVED' ? 'accent' : 'neutral'} title={title} action={next}>
          {state === 'APPROVED' ? t('outcome.notPublished') : t('outcome.nothingLive')}
        </Callout>
      )}
    </div>
  );
}
