import { Badge } from '@sallyport/ui/badge';
import { Checkbox } from '@sallyport/ui/checkbox';
import { EmptyState } from '@sallyport/ui/empty-state';
import { IconButton } from '@sallyport/ui/icon-button';
import { Input } from '@sallyport/ui/input';
import { Segmented } from '@sallyport/ui/segmented';
import { UntrustedText } from '@sallyport/ui/untrusted-text';
import { VirtualList } from '@sallyport/ui/virtual-list';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ToolKind } from '../../generated/graphql.ts';
import { formatCount } from '../../lib/format.ts';
import { type Capability, type ChoiceServer, type Choices, type Draft, isShown, withShown } from './draft.ts';

const kinds = [
  'TOOL',
  'PROMPT',
  'RESOURCE',
  'TEMPLATE',
  'INSTRUCTIONS',
] as const satisfies readonly ToolKind[];

type Line =
  | { readonly kind: 'server'; readonly server: ChoiceServer; readonly within: readonly Capability[] }
  | { readonly kind: 'capability'; readonly server: ChoiceServer; readonly capability: Capability };

/** Above this many, servers start folded: one chooses whole servers first. */
const foldFrom = 100;

function linesOf(
  choices: Choices,
  wanted: string,
  kind: ToolKind | 'ALL',
  isOpen: (serverId: string) => boolean,
): readonly Line[] {
  return choices.servers.flatMap((server): readonly Line[] => {
    const isServer = server.name.toLowerCase().includes(wanted) || server.slug.includes(wanted);
    const within = choices.capabilities.filter(
      (row) =>
        row.serverId === server.id &&
        (kind === 'ALL' || row.kind === kind) &&
        (isServer ||
          row.name.toLowerCase().includes(wanted) ||
          (row.title ?? '').toLowerCase().includes(wanted) ||
          (row.description ?? '').toLowerCase().includes(wanted)),
    );
    if (within.length === 0) return [];
    return [
      { kind: 'server', server, within },
      ...(wanted !== '' || isOpen(server.id) ? within : []).map((capability) => ({
        kind: 'capability' as const,
        server,
        capability,
      })),
    ];
  });
}

export interface CapabilityPickerProps {
  readonly choices: Choices;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly isReadOnly: boolean;
}

/** Everything that could be shown, by server: searched, narrowed by kind, chosen one by one or all at once. */
export function CapabilityPicker({ choices, draft, onChange, isReadOnly }: CapabilityPickerProps) {
  const { t } = useTranslation('endpoints');
  const [text, setText] = useState('');
  const [kind, setKind] = useState<ToolKind | 'ALL'>('ALL');
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const startsOpen = choices.capabilities.length <= foldFrom || choices.servers.length === 1;
  /** Servers that are not as they started. */
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(
    () => linesOf(choices, wanted, kind, (id) => turned.has(id) !== startsOpen),
    [choices, wanted, kind, turned, startsOpen],
  );
  const found = lines.flatMap((line) => (line.kind === 'server' ? line.within.map((row) => row.toolId) : []));
  const turn = (id: string) =>
    setTurned(
      (before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id]),
    );
  const existing = kinds.filter((each) => choices.capabilities.some((row) => row.kind === each));
  const set = (ids: readonly string[], isOn: boolean) => onChange(withShown(draft, ids, isOn));
  return (
    <>
      <div className="flex flex-col gap-2 border-b p-3">
        <Input
          type="search"
          value={text}
          aria-label={t('picker.search')}
          placeholder={t('picker.search')}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex flex-wrap items-center justify-between gap-2">
          {existing.length > 1 ? (
            <Segmented
              label={t('picker.kind')}
              value={kind}
              options={[
                { value: 'ALL', label: t('picker.allKinds') },
                ...existing.map((each) => ({ value: each, label: t(`kinds.${each}`) })),
              ]}
              onChange={setKind}
            />
          ) : null}
          <Marking draft={draft} ids={found} onSet={set} isReadOnly={isReadOnly} />
        </div>
      </div>
      {lines.length === 0 ? (
        <EmptyState title={t(wanted === '' ? 'picker.none' : 'picker.noMatch')} className="py-8" />
      ) : (
        <VirtualList
          label={t('picker.title')}
          items={lines}
          itemKey={(line) => (line.kind === 'server' ? line.server.id : line.capability.toolId)}
          className="flex-1"
        >
          {(line) =>
            line.kind === 'server' ? (
              <ServerLine
                server={line.server}
                within={line.within}
                draft={draft}
                onSet={set}
                isReadOnly={isReadOnly}
                isOpen={wanted !== '' || turned.has(line.server.id) !== startsOpen}
                onTurn={() => turn(line.server.id)}
              />
            ) : (
              <CapabilityLine
                server={line.server}
                capability={line.capability}
                draft={draft}
                onSet={set}
                isReadOnly={isReadOnly}
              />
            )
          }
        </VirtualList>
      )}
    </>
  );
}

interface LineProps {
  readonly draft: Draft;
  readonly onSet: (ids: readonly string[], isOn: boolean) => void;
  readonly isReadOnly: boolean;
}

function Marking({ draft, ids, onSet, isReadOnly }: LineProps & { readonly ids: readonly string[] }) {
  const { t } = useTranslation('endpoints');
  const on = ids.filter((id) => isShown(draft, id)).length;
  return (
    <Checkbox
      checked={on > 0 && on === ids.length}
      isIndeterminate={on > 0 && on < ids.length}
      disabled={isReadOnly || ids.length === 0}
      onChange={() => onSet(ids, on < ids.length)}
      label={t('picker.found', { count: ids.length, on: formatCount(on), all: formatCount(ids.length) })}
    />
  );
}

interface ServerLineProps extends LineProps {
  readonly server: ChoiceServer;
  readonly within: readonly Capability[];
  readonly isOpen: boolean;
  readonly onTurn: () => void;
}

function ServerLine({ server, within, draft, onSet, isReadOnly, isOpen, onTurn }: ServerLineProps) {
  const { t } = useTranslation('endpoints');
  const ids = within.map((row) => row.toolId);
  const on = ids.filter((id) => isShown(draft, id)).length;
  return (
    <div className="flex min-h-10 items-center gap-2 border-b bg-sunken px-3 py-1.5">
      <Checkbox
        checked={on > 0 && on === ids.length}
        isIndeterminate={on > 0 && on < ids.length}
        disabled={isReadOnly}
        onChange={() => onSet(ids, on < ids.length)}
        label={<UntrustedText text={server.name} className="font-medium" />}
      />
      <span className="ms-auto shrink-0 text-faint text-xs tabular-nums">
        {t('picker.ofServer', { on: formatCount(on), all: formatCount(ids.length) })}
      </span>
      <IconButton
        label={t(isOpen ? 'picker.close' : 'picker.open', { name: server.name })}
        icon={isOpen ? <ChevronUp /> : <ChevronDown />}
        aria-expanded={isOpen}
        className="-my-1"
        onClick={onTurn}
      />
    </div>
  );
}

interface CapabilityLineProps extends LineProps {
  readonly server: ChoiceServer;
  readonly capability: Capability;
}

function CapabilityLine({ server, capability, draft, onSet, isReadOnly }: CapabilityLineProps) {
  const { t } = useTranslation(['endpoints', 'common']);
  const { toolId, name, kind, title, description, isUsed, state } = capability;
  return (
    <div className="flex min-h-10 min-w-0 items-start gap-2 border-b px-3 py-2 ps-7 hover:bg-hover">
      <div className="min-w-0 flex-1">
        <Checkbox
          checked={isShown(draft, toolId)}
          disabled={isReadOnly}
          onChange={(isOn) => onSet([toolId], isOn)}
          label={
            <>
              <UntrustedText text={name} isMono className="text-xs" />
              {/* Two servers may offer the same name; what is heard tells them apart. */}
              <span className="sr-only"> ({server.name})</span>
            </>
          }
          hint={
            (title ?? description) === null ? undefined : (
              <UntrustedText text={title ?? description ?? ''} maxLength={110} className="line-clamp-1" />
            )
          }
        />
      </div>
      {isUsed ? null : <Badge tone="hold">{t(`common:toolState.${state}`)}</Badge>}
      {kind === 'TOOL' ? null : <Badge>{t(`endpoints:kind.${kind}`)}</Badge>}
    </div>
  );
}
