import { AppError, fromWireId, type Id, type IdKind } from '@sallyport/kernel';

/**
 * Reads an id of the wire. A malformed one, or one of another kind, does not exist.
 * @throws AppError `not_found`
 */
export function readId<K extends IdKind>(kind: K, wire: string): Id<K> {
  const id = fromWireId(kind, wire);
  if (id === undefined) throw new AppError('not_found', undefined, { details: { kind } });
  return id;
}

/** Reads an optional id. */
export function readOptionalId<K extends IdKind>(kind: K, wire: string | null | undefined): Id<K> | null {
  return wire === null || wire === undefined ? null : readId(kind, wire);
}
