import type { RedactionPolicy, SensitiveAction, SensitiveClass } from '@sallyport/detection';

/** A policy that lets everything pass but one class. */
export function onlyClass(name: SensitiveClass, action: SensitiveAction): RedactionPolicy {
  const allow = {
    secret: 'allow',
    financial: 'allow',
    identity: 'allow',
    contact: 'allow',
    health: 'allow',
    network: 'allow',
  } as const;
  return { byClass: { ...allow, [name]: action }, byType: {} };
}
