import { toast } from '@sallyport/ui/toast';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  LivePublicationDocument,
  ToolDetectionDocument,
  type ToolDetectionInput,
  type ToolDetectionQuery,
  type ToolDetectionViewFragment,
  ToolDetectionViewFragmentDoc,
  UpdateToolDetectionDocument,
} from '../../generated/graphql.ts';
import { makeFragmentData, readFragment } from '../../generated/index.ts';
import { type ApiError, toApiError } from '../../lib/api-error.ts';
import { useErrorText } from '../../lib/error-text.ts';
import { execute } from '../../lib/graphql-client.ts';
import { gqlQuery, invalidateTouching } from '../../lib/query.ts';
import { patchActions, patchModes } from '../../parts/patch-detection.ts';

export type ToolDetectionView = ToolDetectionViewFragment;

/** What every part of the panel is given. */
export interface ToolPartProps {
  readonly own: ToolDetectionView;
  readonly tenant: ToolDetectionQuery['detection'];
  readonly onSave: (input: ToolDetectionInput) => void;
}

/** In how many settings a tool differs from its tenant. */
export function countDifferences({ modes, outbound, inbound, roles, tags }: ToolDetectionView): number {
  const lists = [modes.bySeverity, modes.byTier, modes.byCode, roles, tags];
  const actions = [outbound.byClass, outbound.byType, inbound.byClass, inbound.byType];
  return [...lists, ...actions].reduce((sum, list) => sum + list.length, 0);
}

/** What the panel shows once a change is saved. */
export function patchTool(view: ToolDetectionView, input: ToolDetectionInput): ToolDetectionView {
  return {
    ...view,
    modes: patchModes(view.modes, input),
    outbound: patchActions(view.outbound, input.outbound),
    inbound: patchActions(view.inbound, input.inbound),
    roles: input.roles ?? view.roles,
    tags: input.tags ?? view.tags,
  };
}

/** Saves what changed of one tool: shown at once, taken back when it is refused, followed until it is live. */
export function useSaveToolDetection(toolId: string, onPublished: (version: number) => void) {
  const client = useQueryClient();
  const words = useErrorText();
  const { queryKey } = gqlQuery(ToolDetectionDocument, { toolId }, { touches: [] });
  const write = (view: ToolDetectionView) =>
    client.setQueryData<ToolDetectionQuery>(queryKey, (before) =>
      before === undefined
        ? before
        : { ...before, toolDetection: makeFragmentData(view, ToolDetectionViewFragmentDoc) },
    );
  const read = () => {
    const data = client.getQueryData(queryKey);
    return data === undefined ? undefined : readFragment(ToolDetectionViewFragmentDoc, data.toolDetection);
  };
  return useMutation<
    { readonly view: ToolDetectionView; readonly version: number },
    ApiError,
    ToolDetectionInput,
    ToolDetectionView | undefined
  >({
    mutationKey: ['tool-detection', toolId],
    scope: { id: `tool-detection ${toolId}` },
    mutationFn: async (input) => {
      try {
        const { updateToolDetection } = await execute(UpdateToolDetectionDocument, { toolId, input });
        const { publication } = await execute(LivePublicationDocument, {});
        const view = readFragment(ToolDetectionViewFragmentDoc, updateToolDetection);
        return { view, version: publication.version };
      } catch (error) {
        throw toApiError(error);
      }
    },
    onMutate: async (input) => {
      await client.cancelQueries({ queryKey });
      const before = read();
      if (before) write(patchTool(before, input));
      return before;
    },
    onError: (error, _input, before) => {
      if (before) write(before);
      const { reason } = error.details;
      const { title, next } = words(error);
      toast({ tone: 'block', title, description: typeof reason === 'string' ? reason : next });
    },
    onSuccess: ({ view, version }) => {
      if (client.isMutating({ mutationKey: ['tool-detection', toolId] }) === 1) write(view);
      onPublished(version);
      void invalidateTouching(client, ['publication']);
    },
  });
}
