import { classOf, type SensitiveClass, type SensitiveType, sensitiveClasses } from './sensitive-type.ts';

/** What is done with private data, from the mildest to the strongest. */
export const sensitiveActions = ['allow', 'alert', 'mask', 'tokenise', 'block'] as const;
export type SensitiveAction = (typeof sensitiveActions)[number];

/** An action for every class; a type named in `byType` goes its own way. As data, so that settings can hold it. */
export interface RedactionPolicy {
  readonly byClass: Readonly<Record<SensitiveClass, SensitiveAction>>;
  readonly byType: Readonly<Partial<Record<SensitiveType, SensitiveAction>>>;
}

/** What was done, told by type and place, never by value. */
export interface RedactionHit {
  /** JSON Pointer of the string, number or member; empty for a plain text. */
  readonly path: string;
  readonly type: SensitiveType;
  readonly action: SensitiveAction;
  readonly count: number;
}

export interface Redaction<T> {
  readonly value: T;
  readonly hits: readonly RedactionHit[];
  /** The first type whose action is `block`; the value must not go on. */
  readonly blockedBy: SensitiveType | null;
  /** Values that should have become tokens and were masked, because the book was full. */
  readonly overflow: number;
  /** A part was too long or too deep to be looked at; it went on as it was. */
  readonly isCut: boolean;
}

/** The same action for every class. */
export function uniformPolicy(action: SensitiveAction): RedactionPolicy {
  const byClass = Object.fromEntries(sensitiveClasses.map((name) => [name, action]));
  return { byClass: byClass as Record<SensitiveClass, SensitiveAction>, byType: {} };
}

/** The action of a policy for one type. */
export function actionFor(policy: RedactionPolicy, type: SensitiveType): SensitiveAction {
  const { byType } = policy;
  return (Object.hasOwn(byType, type) ? byType[type] : undefined) ?? policy.byClass[classOf(type)];
}

/** The types a policy does anything with: the others need not be looked for. */
export function typesOf(policy: RedactionPolicy, all: readonly SensitiveType[]): ReadonlySet<SensitiveType> {
  return new Set(all.filter((type) => actionFor(policy, type) !== 'allow'));
}
