import { type DetectionModel, readModel } from '@sallyport/detection';
import modelUrl from '@sallyport/detection/model?url';
import { queryOptions } from '@tanstack/react-query';

/** The model that the workers run, read from a file of the console; nothing that is pasted goes the other way. */
export const modelQuery = queryOptions<DetectionModel>({
  queryKey: ['detection-model'],
  queryFn: async ({ signal }) => {
    const reply = await fetch(modelUrl, { signal, credentials: 'same-origin' });
    if (!reply.ok) throw new Error(`HTTP ${reply.status}`);
    return readModel(new Uint8Array(await reply.arrayBuffer()));
  },
  staleTime: Number.POSITIVE_INFINITY,
});
