import { Button } from '@sallyport/ui/button';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { RelativeTime } from '@sallyport/ui/relative-time';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { Check, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GiveVerdictDocument, type VerdictWord } from '../../generated/graphql.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';
import { VerdictBadge } from '../../parts/detection-words.tsx';
import type { CallDetail } from './call-peek.tsx';

export interface FindingVerdictProps {
  readonly callId: string;
  readonly findingIndex: number;
  readonly verdict: CallDetail['findings'][number]['verdict'];
}

/** Whether a person agreed with a finding, and the place to say so: the last word counts. */
export function FindingVerdict({ callId, findingIndex, verdict }: FindingVerdictProps) {
  const { t } = useTranslation('calls');
  const [wanted, setWanted] = useState<VerdictWord | null>(null);
  return (
    <div className="mt-2 flex flex-col gap-2">
      {verdict === null ? null : (
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
          <VerdictBadge verdict={verdict.verdict} />
          <span className="text-faint">
            {verdict.by === null ? null : <UntrustedText text={t('verdict.by', { name: verdict.by })} />}{' '}
            <RelativeTime at={verdict.at} />
          </span>
          {verdict.note === null ? null : (
            <span className="basis-full text-muted">
              <UntrustedText text={verdict.note} isMultiline />
            </span>
          )}
        </p>
      )}
      {wanted === null ? (
        <span className="flex flex-wrap gap-2">
          <Choice
            label={t('verdict.confirm')}
            word="CONFIRMED"
            isGiven={verdict?.verdict === 'CONFIRMED'}
            onChoose={setWanted}
          />
          <Choice
            label={t('verdict.override')}
            word="OVERRIDDEN"
            isGiven={verdict?.verdict === 'OVERRIDDEN'}
            onChoose={setWanted}
          />
        </span>
      ) : (
        <VerdictForm
          callId={callId}
          findingIndex={findingIndex}
          verdict={wanted}
          onClose={() => setWanted(null)}
        />
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly word: VerdictWord;
  readonly isGiven: boolean;
  readonly onChoose: (word: VerdictWord) => void;
}

function Choice({ label, word, isGiven, onChoose }: ChoiceProps) {
  if (isGiven) return null;
  const Icon = word === 'CONFIRMED' ? Check : Undo2;
  return (
    <PermissionGate need="approvals.decide">
      <Button
        size="sm"
        icon={<Icon className="size-3.5" aria-hidden="true" />}
        onClick={() => onChoose(word)}
      >
        {label}
      </Button>
    </PermissionGate>
  );
}

interface FormProps {
  readonly callId: string;
  readonly findingIndex: number;
  readonly verdict: VerdictWord;
  readonly onClose: () => void;
}

function VerdictForm({ callId, findingIndex, verdict, onClose }: FormProps) {
  const { t } = useTranslation(['calls', 'common']);
  const words = useErrorText();
  const [note, setNote] = useState('');
  const give = useGqlMutation(GiveVerdictDocument, { changes: ['detection', 'call'], onDone: onClose });
  return (
    <form
      className="flex flex-col gap-2 rounded-md border p-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        give.mutate({ input: { callId, findingIndex, verdict, note: note.trim() || null } });
      }}
    >
      <p className="text-muted text-xs">{t(`calls:verdict.means.${verdict}`)}</p>
      <Field
        label={t('calls:verdict.note')}
        error={give.error === null ? undefined : words(give.error).title}
      >
        <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <span className="flex gap-2">
        <Button type="submit" size="sm" variant="primary" isPending={give.isPending}>
          {t(verdict === 'CONFIRMED' ? 'calls:verdict.confirm' : 'calls:verdict.override')}
        </Button>
        <Button size="sm" onClick={onClose}>
          {t('common:cancel')}
        </Button>
      </span>
    </form>
  );
}
