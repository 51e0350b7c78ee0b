import { PageHeader } from '@sallyport/ui/page-header';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app-shell/page.tsx';
import { ChooseServer } from './choose-server.tsx';
import { ConnectStep, type FirstAgent } from './connect-step.tsx';
import { FirstCallStep } from './first-call-step.tsx';
import { ReviewStep } from './review-step.tsx';
import { Step, type StepState } from './step.tsx';
import { useFirstServer } from './use-first-server.ts';

const route = getRouteApi('/shell/first-run');

/** From nothing to a governed call on one screen; a reload goes on where it was. */
export function FirstRunPage() {
  const { t } = useTranslation('firstRun');
  const { server: serverId } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useFirstServer(serverId);
  const [agent, setAgent] = useState<FirstAgent | null>(null);
  const server = query.data?.server ?? null;
  const isLive = server?.state === 'PUBLISHED';
  const choose = (id: string | undefined) => void navigate({ search: { server: id } });
  const stateOf = (isDone: boolean, isOpen: boolean): StepState =>
    isDone ? 'done' : isOpen ? 'open' : 'ahead';

  return (
    <Page width="reading">
      <PageHeader title={t('title')} description={t('lead')} />
      <ol className="flex flex-col">
        <Step
          number={1}
          title={t('step.server')}
          state={stateOf(serverId !== undefined, true)}
          note={server?.name}
        >
          {serverId === undefined ? <ChooseServer onChosen={choose} /> : null}
        </Step>
        <Step number={2} title={t('step.vet')} state={stateOf(isLive, serverId !== undefined)}>
          {serverId === undefined ? null : <ReviewStep query={query} onOther={() => choose(undefined)} />}
        </Step>
        <Step number={3} title={t('step.connect')} state={stateOf(agent !== null, isLive)}>
          {isLive ? <ConnectStep agent={agent} onCreated={setAgent} /> : null}
        </Step>
        <Step number={4} title={t('step.call')} state={stateOf(false, agent !== null)} isLast>
          {agent !== null && server !== null ? <FirstCallStep agent={agent} serverId={server.id} /> : null}
        </Step>
      </ol>
    </Page>
  );
}
