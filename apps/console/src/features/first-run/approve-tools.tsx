import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { Checkbox } from '@sallyport/ui/checkbox';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FirstRunApproveDocument, type FirstRunInboxQuery } from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';
import { FindingsBadge, gravest } from '../../parts/badges.tsx';

type Approval = FirstRunInboxQuery['inbox']['nodes'][number];
type Item = Approval['tools'][number];

function isGrave(item: Item): boolean {
  const worst = gravest(item.findings);
  return worst === 'HIGH' || worst === 'CRITICAL';
}

function ToolRow({
  item,
  isTicked,
  onChange,
}: {
  readonly item: Item;
  readonly isTicked: boolean;
  readonly onChange: (isTicked: boolean) => void;
}) {
  return (
    <li className="flex items-start justify-between gap-3 border-b px-4 py-2 last:border-b-0">
      <Checkbox
        checked={isTicked}
        onChange={onChange}
        label={<UntrustedText text={item.tool.name} isMono className="text-xs" />}
        hint={
          item.findings.length === 0 ? undefined : (
            <UntrustedText text={item.findings.map((finding) => finding.title).join('; ')} maxLength={240} />
          )
        }
      />
      <FindingsBadge findings={item.findings} />
    </li>
  );
}

/** Tick, approve, publish: the decision is made on the exact digests that are shown. */
export function ApproveTools({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation('firstRun');
  const words = useErrorText();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    () => new Set(approval.tools.filter((item) => !isGrave(item)).map((item) => item.tool.id)),
  );
  const approve = useGqlMutation(FirstRunApproveDocument, { changes: ['approval', 'server', 'publication'] });
  const total = approval.tools.length;
  const count = approval.tools.filter((item) => ticked.has(item.tool.id)).length;

  function set(ids: readonly string[], isTicked: boolean) {
    const next = new Set(ticked);
    for (const id of ids) {
      if (isTicked) next.add(id);
      else next.delete(id);
    }
    setTicked(next);
  }
  function decide() {
    approve.mutate({
      input: {
        approvalId: approval.id,
        reason: t('review.reason'),
        publish: true,
        tools: approval.tools.map((item) => ({
          toolId: item.tool.id,
          digest: item.observedDigest,
          decision: ticked.has(item.tool.id) ? 'APPROVE' : 'REJECT',
        })),
      },
    });
  }

  return (
    <section className="rounded-lg border bg-surface">
      <header className="border-b px-4 py-3">
        <h3 className="font-semibold text-sm">{t('review.title')}</h3>
        <p className="mt-0.5 text-muted text-sm">{t('review.lead')}</p>
      </header>
      <div className="border-b bg-sunken px-4 py-2">
        <Checkbox
          checked={count === total}
          isIndeterminate={count > 0 && count < total}
          onChange={(isTicked) =>
            set(
              approval.tools.map((item) => item.tool.id),
              isTicked,
            )
          }
          label={t('review.all')}
        />
      </div>
      <ul className="max-h-96 overflow-y-auto">
        {approval.tools.map((item) => (
          <ToolRow
            key={item.tool.id}
            item={item}
            isTicked={ticked.has(item.tool.id)}
            onChange={(isTicked) => set([item.tool.id], isTicked)}
          />
        ))}
      </ul>
      <footer className="flex flex-col gap-3 border-t px-4 py-3">
        {approval.tools.some(isGrave) ? <Callout tone="hold" title={t('review.high')} /> : null}
        {approve.error === null ? null : (
          <Callout tone="block" title={words(approve.error).title}>
            {words(approve.error).next}
          </Callout>
        )}
        <PermissionGate need="approvals.decide">
          <Button
            variant="primary"
            size="lg"
            disabled={count === 0}
            isPending={approve.isPending}
            onClick={decide}
          >
            {t('review.approve', { count, total })}
          </Button>
        </PermissionGate>
      </footer>
    </section>
  );
}
