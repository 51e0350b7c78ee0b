import { z } from 'zod';
import { readInstallationSecrets, readInstallationState } from './installation.ts';

const answerSchema = z.object({ url: z.string() });

export type LoginLink =
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

const notRunning = 'Sallyport does not run here. Start it with `npm start`.';

const ask = async (controlPlaneUrl: string, token: string): Promise<Response | undefined> => {
  try {
    return await fetch(`${controlPlaneUrl}/internal/login-link`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(10_000),
    });
  } catch {
    return undefined;
  }
};

/** Asks the running control plane for a fresh one-time sign-in link of the first operator. */
export const fetchLoginLink = async (home: string): Promise<LoginLink> => {
  const state = readInstallationState(home);
  const secrets = readInstallationSecrets(home);
  if (state?.controlPlaneUrl === undefined || secrets === undefined)
    return { kind: 'unavailable', reason: notRunning };
  const response = await ask(state.controlPlaneUrl, secrets.operatorToken);
  if (response === undefined) return { kind: 'unavailable', reason: notRunning };
  const answer = response.ok ? answerSchema.safeParse(await response.json()) : undefined;
  if (answer?.success) return { kind: 'link', url: answer.data.url };
  return {
    kind: 'unavailable',
    reason: `The control plane answered ${response.status}. See .sallyport/logs/control-plane.log`,
  };
};
