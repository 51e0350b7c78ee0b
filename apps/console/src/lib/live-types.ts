/** The types of events that `/live` sends; each says "something of this kind changed", never what. */
export const liveTypes = [
  'call',
  'server',
  'vet',
  'approval',
  'policy',
  'agent',
  'member',
  'usage',
  'publication',
  'endpoint',
  'detection',
  'settings',
  'tenant',
] as const;

export type LiveType = (typeof liveTypes)[number];

export function isLiveType(type: string): type is LiveType {
  return (liveTypes as readonly string[]).includes(type);
}
