/** One step from a value to a part of it. */
export interface Step {
  readonly key: string;
  readonly inArray: boolean;
}

/** Where a slice stands in the value that it is of. */
export interface SlicePlace {
  readonly trail: readonly Step[];
  /** The slice holds items of an array, from this one on; `null` = it is of an object, or a text. */
  readonly firstItem: number | null;
  /** Of a text: where the slice begins in it. */
  readonly offset: number;
}

/** A slice inside what stands around it, so that paths, schemas and roles lead to it as before. */
export function wrapSlice(trail: readonly Step[], slice: unknown): unknown {
  let wrapped = slice;
  for (let at = trail.length - 1; at >= 0; at -= 1) {
    const { key, inArray } = trail[at] as Step;
    wrapped = inArray ? [wrapped] : { [key]: wrapped };
  }
  return wrapped;
}

/** The slice again; names on the way may have changed. */
export function unwrapSlice(trail: readonly Step[], wrapped: unknown): unknown {
  let slice = wrapped;
  for (const _step of trail) {
    if (typeof slice !== 'object' || slice === null) throw new TypeError('a slice lost its place');
    const inside: readonly unknown[] = Object.values(slice);
    if (inside.length !== 1) throw new TypeError('a slice lost its place');
    slice = inside[0];
  }
  return slice;
}

/** What stands at a JSON Pointer into the wrapped slice, as a pointer into the whole. */
export function wholePath({ trail, firstItem }: SlicePlace, path: string): string {
  if (trail.length === 0 && firstItem === null) return path;
  const parts = path.split('/');
  trail.forEach(({ key, inArray }, at) => {
    if (inArray && at + 1 < parts.length) parts[at + 1] = key;
  });
  const item = trail.length + 1;
  if (firstItem !== null && item < parts.length) parts[item] = String(Number(parts[item]) + firstItem);
  return parts.join('/');
}
