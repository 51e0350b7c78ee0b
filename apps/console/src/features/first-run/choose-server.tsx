import { Button } from '@sallyport/ui/button';
import { Callout } from '@sallyport/ui/callout';
import { Field } from '@sallyport/ui/field';
import { Input } from '@sallyport/ui/input';
import { Link } from '@tanstack/react-router';
import { FlaskConical, Link2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AddDemoServerDocument, RegisterServerDocument } from '../../generated/graphql.ts';
import { faultyField } from '../../lib/api-error.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { PermissionGate } from '../../lib/permission-gate.tsx';
import { useGqlMutation } from '../../lib/query.ts';
import { proposeName, readAddress } from '../../parts/address.ts';
import { PrivateOriginNote } from '../../parts/private-origin-note.tsx';

interface ChooseProps {
  readonly onChosen: (serverId: string) => void;
}

function Card({
  icon,
  title,
  lead,
  children,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="flex min-w-0 flex-col gap-3 rounded-lg border bg-surface p-5">
      <h3 className="flex items-center gap-2 font-semibold text-md [&_svg]:size-4.5 [&_svg]:text-accent">
        {icon}
        {title}
      </h3>
      <p className="text-muted text-sm">{lead}</p>
      <div className="mt-auto flex flex-col gap-3">{children}</div>
    </section>
  );
}

function DemoCard({ onChosen }: ChooseProps) {
  const { t } = useTranslation('firstRun');
  const words = useErrorText();
  const add = useGqlMutation(AddDemoServerDocument, {
    changes: ['server', 'vet'],
    onDone: (result) => onChosen(result.addDemoServer.id),
  });
  return (
    <Card icon={<FlaskConical aria-hidden="true" />} title={t('demo.title')} lead={t('demo.lead')}>
      {add.error === null ? null : (
        <Callout tone="block" title={words(add.error).title}>
          {words(add.error).next}
        </Callout>
      )}
      <PermissionGate need="catalog.write">
        <Button variant="primary" size="lg" isPending={add.isPending} onClick={() => add.mutate({})}>
          {t('demo.action')}
        </Button>
      </PermissionGate>
    </Card>
  );
}

function OwnCard({ onChosen }: ChooseProps) {
  const { t } = useTranslation('firstRun');
  const words = useErrorText();
  const [url, setUrl] = useState('');
  const [isTouched, setTouched] = useState(false);
  const register = useGqlMutation(RegisterServerDocument, {
    changes: ['server', 'vet'],
    onDone: (result) => onChosen(result.registerServer.id),
  });
  const address = readAddress(url);
  const refused = faultyField(register.error);
  const isInvalid = isTouched && url !== '' && address.kind === 'invalid';

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    setTouched(true);
    if (address.kind === 'invalid') return;
    register.mutate({ input: { name: proposeName(url), url: url.trim(), connection: { kind: 'NONE' } } });
  }

  return (
    <Card icon={<Link2 aria-hidden="true" />} title={t('own.title')} lead={t('own.lead')}>
      <form onSubmit={onSubmit} className="flex flex-col gap-3">
        <Field label={t('own.url')} error={isInvalid ? t('own.invalid') : refused?.reason}>
          <Input
            type="url"
            inputMode="url"
            value={url}
            maxLength={2000}
            spellCheck={false}
            placeholder="https://mcp.example.com/mcp"
            className="font-mono"
            onBlur={() => setTouched(true)}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        {address.kind === 'private' ? <PrivateOriginNote origin={address.origin} /> : null}
        {register.error === null || refused !== null ? null : (
          <Callout tone="block" title={words(register.error).title}>
            {words(register.error).next}
          </Callout>
        )}
        <PermissionGate need="catalog.write">
          <Button type="submit" size="lg" disabled={url.trim() === ''} isPending={register.isPending}>
            {t('own.action')}
          </Button>
        </PermissionGate>
      </form>
      <p className="text-faint text-xs">
        <Link
          to="/catalog"
          search={{ register: true }}
          className="underline underline-offset-2 hover:text-ink"
        >
          {t('own.auth')}
        </Link>
      </p>
    </Card>
  );
}

/** Two ways to begin: the demo server, or one's own. */
export function ChooseServer({ onChosen }: ChooseProps) {
  return (
    <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
      <DemoCard onChosen={onChosen} />
      <OwnCard onChosen={onChosen} />
    </div>
  );
}
