import { toast } from '@sallyport/ui/toast';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import {
  type DetectionInput,
  DetectionPageDocument,
  type DetectionPageQuery,
  type DetectionViewFragment,
  DetectionViewFragmentDoc,
  LivePublicationDocument,
  SetInspectionDocument,
  type TenantSettingsInput,
  UpdateDetectionDocument,
} from '../../generated/graphql.ts';
import { type FragmentType, makeFragmentData, readFragment } from '../../generated/index.ts';
import { type ApiError, toApiError } from '../../lib/api-error.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { execute } from '../../lib/graphql-client.ts';
import { gqlQuery, invalidateTouching } from '../../lib/query.ts';
import { patchView } from './patch-view.ts';

const options = gqlQuery(DetectionPageDocument, {}, { touches: ['detection', 'tenant'] });
const savingKey = ['detection', 'save'];

/** Everything that the page shows. */
export function useDetection() {
  return useQuery(options);
}

/** Says which published version the last save made; the page follows how far it is live. */
export const PublishedContext = createContext<(version: number) => void>(() => {});

export function usePublished(): (version: number) => void {
  return useContext(PublishedContext);
}

/** Puts what a mutation answered where the page reads it. */
export function keepView(
  client: QueryClient,
  detection: FragmentType<typeof DetectionViewFragmentDoc>,
): void {
  client.setQueryData(options.queryKey, { detection } as DetectionPageQuery);
}

function readView(client: QueryClient): DetectionViewFragment | undefined {
  const data = client.getQueryData(options.queryKey);
  return data === undefined ? undefined : readFragment(DetectionViewFragmentDoc, data.detection);
}

function writeView(client: QueryClient, view: DetectionViewFragment): void {
  keepView(client, makeFragmentData(view, DetectionViewFragmentDoc));
}

/** Tells that a save was refused; what was shown before is back already. */
export function useSaveFault(): (error: ApiError) => void {
  const words = useErrorText();
  return (error) => {
    const { reason } = error.details;
    const { title, next } = words(error);
    toast({ tone: 'block', title, description: typeof reason === 'string' ? reason : next });
  };
}

/** Saves settings one after the other; each is shown at once and taken back when it is refused. */
export function useSaveDetection() {
  const client = useQueryClient();
  const onPublished = usePublished();
  const onFault = useSaveFault();
  return useMutation<
    Awaited<ReturnType<typeof saveDetection>>,
    ApiError,
    DetectionInput,
    DetectionViewFragment | undefined
  >({
    mutationKey: savingKey,
    scope: { id: 'detection' },
    mutationFn: saveDetection,
    onMutate: async (input) => {
      await client.cancelQueries({ queryKey: options.queryKey });
      const before = readView(client);
      if (before) writeView(client, patchView(before, input));
      return before;
    },
    onError: (error, _input, before) => {
      if (before) writeView(client, before);
      onFault(error);
      void client.invalidateQueries({ queryKey: options.queryKey });
    },
    onSuccess: ({ updateDetection: { detection, publication } }) => {
      // A later change is on the screen already; its own answer will replace it.
      if (client.isMutating({ mutationKey: savingKey }) === 1) keepView(client, detection);
      onPublished(publication.version);
      void invalidateTouching(client, ['publication']);
    },
  });
}

async function saveDetection(input: DetectionInput) {
  try {
    return await execute(UpdateDetectionDocument, { input });
  } catch (error) {
    throw toApiError(error);
  }
}

/** Switches a direction between recording and acting. */
export function useSetInspection() {
  const client = useQueryClient();
  const onPublished = usePublished();
  const onFault = useSaveFault();
  return useMutation<number, ApiError, TenantSettingsInput, DetectionViewFragment | undefined>({
    mutationKey: savingKey,
    scope: { id: 'detection' },
    mutationFn: async (input) => {
      try {
        await execute(SetInspectionDocument, { input });
        return (await execute(LivePublicationDocument, {})).publication.version;
      } catch (error) {
        throw toApiError(error);
      }
    },
    onMutate: async (input) => {
      await client.cancelQueries({ queryKey: options.queryKey });
      const before = readView(client);
      if (before) {
        const requestInspection = input.requestInspection ?? before.settings.requestInspection;
        const responseInspection = input.responseInspection ?? before.settings.responseInspection;
        writeView(client, {
          ...before,
          settings: { ...before.settings, requestInspection, responseInspection },
        });
      }
      return before;
    },
    onError: (error, _input, before) => {
      if (before) writeView(client, before);
      onFault(error);
    },
    onSuccess: (version) => {
      onPublished(version);
      void invalidateTouching(client, ['publication', 'tenant']);
    },
  });
}
