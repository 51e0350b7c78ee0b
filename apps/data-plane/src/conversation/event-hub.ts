import type { EndpointContext, KeyContext, SnapshotServer } from '@sallyport/snapshot';
import type { TenantState } from '../config/tenant-state.ts';
import { type ListName, listNames, maySee, seesAnyOf, viewOf } from './visible.ts';

/** Somebody who wants to hear when something changes, for as long as a stream is open. */
export interface Listener {
  readonly tenantId: string;
  readonly endpointSlug: string;
  readonly keyHash: string;
  readonly lists: ReadonlySet<ListName>;
  /** Exposed URIs it subscribed to. */
  uris: ReadonlySet<string>;
  listChanged(name: ListName): void;
  updated(uri: string): void;
  /** Its endpoint or key is gone. */
  lost(): void;
}

/** What a watch on an upstream tells. */
export type UpstreamEvent =
  | { readonly kind: 'list_changed'; readonly list: ListName }
  | { readonly kind: 'updated'; readonly uri: string };

/** Watches one upstream for as long as somebody listens; called again when the wanted URIs change. */
export type WatchUpstream = (
  tenant: TenantState,
  server: SnapshotServer,
  uris: readonly string[],
  onEvent: (event: UpstreamEvent) => void,
) => () => void;

/** Hands changes on to those who may know of them. */
export interface EventHub {
  /** Starts to listen; gives what was granted and how to stop. */
  add(listener: Listener): () => void;
  /** The listener's URIs changed. */
  refresh(listener: Listener): void;
  /** A tenant has a new configuration, or new marks. */
  tenantChanged(tenantId: string): void;
  close(): void;
}

type View = Readonly<Record<ListName, string>>;

interface Heard {
  readonly listener: Listener;
  view: View | undefined;
}

interface Watched {
  readonly stop: () => void;
  readonly wanted: string;
  readonly server: SnapshotServer;
}

interface Place {
  readonly tenant: TenantState;
  readonly endpoint: EndpointContext;
  readonly principal: KeyContext;
}

/** Makes the hub of a worker. */
export function createEventHub(input: {
  readonly tenantById: (id: string) => TenantState | undefined;
  readonly watch: WatchUpstream;
}): EventHub {
  const byTenant = new Map<string, Set<Heard>>();
  const watches = new Map<string, Map<string, Watched>>();

  const placeOf = (listener: Listener): Place | undefined => {
    const tenant = input.tenantById(listener.tenantId);
    const endpoint = tenant?.index.endpointBySlug(listener.endpointSlug);
    const principal = tenant?.index.keyByHash(listener.keyHash);
    return tenant && endpoint && principal ? { tenant, endpoint, principal } : undefined;
  };
  /** Made once for all keys of one agent, until something changes. */
  const views = new WeakMap<TenantState, Map<string, View>>();
  const view = ({ tenant, endpoint, principal }: Place): View => {
    const made = views.get(tenant) ?? new Map<string, View>();
    views.set(tenant, made);
    const key = `${endpoint.id}|${principal.agent.id}`;
    const known = made.get(key) ?? viewOf(tenant, endpoint, principal);
    made.set(key, known);
    return known;
  };
  const heard = new WeakMap<TenantState, Map<string, boolean>>();
  /** Invariant: T38, who may see nothing of a server in a list does not hear that it changed there. */
  const mayHear = ({ tenant, endpoint, principal }: Place, serverId: string, list: ListName): boolean => {
    const made = heard.get(tenant) ?? new Map<string, boolean>();
    heard.set(tenant, made);
    const key = `${endpoint.id}|${principal.agent.id}|${serverId}|${list}`;
    const known = made.get(key) ?? seesAnyOf(tenant, endpoint, principal, { serverId, list });
    made.set(key, known);
    return known;
  };
  const onEvent = (tenantId: string, serverId: string, event: UpstreamEvent): void => {
    for (const { listener } of byTenant.get(tenantId) ?? []) {
      const place = placeOf(listener);
      if (!place?.endpoint.servers.some((server) => server.id === serverId)) continue;
      if (event.kind === 'list_changed') {
        if (listener.lists.has(event.list) && mayHear(place, serverId, event.list))
          listener.listChanged(event.list);
      } else tellUpdated(listener, place, serverId, event.uri);
    }
  };
  /** Watches exactly what is listened to. */
  const rewatch = (tenantId: string): void => {
    const tenant = input.tenantById(tenantId);
    const wanted: Wanted = tenant ? wantedOf(byTenant.get(tenantId) ?? new Set(), placeOf) : new Map();
    const current = watches.get(tenantId) ?? new Map<string, Watched>();
    stopUnwanted(current, wanted);
    for (const [serverId, { server, uris }] of wanted) {
      if (!tenant || current.has(serverId)) continue;
      const stop = input.watch(tenant, server, [...uris], (event) => onEvent(tenantId, serverId, event));
      current.set(serverId, { stop, wanted: keyOf(uris), server });
    }
    if (current.size > 0) watches.set(tenantId, current);
    else watches.delete(tenantId);
  };
  const schedule = createTurns(rewatch);
  return {
    add(listener) {
      const place = placeOf(listener);
      const heard: Heard = { listener, view: place && view(place) };
      const all = byTenant.get(listener.tenantId) ?? new Set<Heard>();
      all.add(heard);
      byTenant.set(listener.tenantId, all);
      schedule(listener.tenantId);
      return () => {
        all.delete(heard);
        if (all.size === 0) byTenant.delete(listener.tenantId);
        schedule(listener.tenantId);
      };
    },
    refresh: (listener) => schedule(listener.tenantId),
    tenantChanged(tenantId) {
      const tenant = input.tenantById(tenantId);
      if (tenant) {
        views.delete(tenant);
        heard.delete(tenant);
      }
      for (const heard of byTenant.get(tenantId) ?? []) {
        const place = placeOf(heard.listener);
        if (place) heard.view = tellLists(heard, view(place));
        else heard.listener.lost();
      }
      schedule(tenantId);
    },
    close() {
      for (const ofTenant of watches.values()) for (const { stop } of ofTenant.values()) stop();
      watches.clear();
      byTenant.clear();
    },
  };
}

/** Tells which lists look different now. */
function tellLists({ listener, view }: Heard, now: View): View {
  for (const name of listNames) {
    if (now[name] !== view?.[name] && listener.lists.has(name)) listener.listChanged(name);
  }
  return now;
}

/** Invariant: T38, an update is told only for a URI that was subscribed to and may be seen at that moment. */
function tellUpdated(listener: Listener, place: Place, serverId: string, upstreamUri: string): void {
  for (const uri of listener.uris) {
    const found = place.endpoint.resourceByUri(uri);
    if (found?.upstreamUri !== upstreamUri || found.item.context.server.id !== serverId) continue;
    if (maySee(place.tenant, place.principal, found.item.context)) listener.updated(uri);
  }
}

type Wanted = Map<string, { readonly server: SnapshotServer; readonly uris: Set<string> }>;

function wantedOf(all: ReadonlySet<Heard>, placeOf: (listener: Listener) => Place | undefined): Wanted {
  const wanted: Wanted = new Map();
  for (const { listener } of all) {
    const place = placeOf(listener);
    if (!place) continue;
    for (const server of place.endpoint.servers) {
      if (!wanted.has(server.id)) wanted.set(server.id, { server, uris: new Set() });
    }
    for (const uri of listener.uris) {
      const found = place.endpoint.resourceByUri(uri);
      if (found && maySee(place.tenant, place.principal, found.item.context)) {
        wanted.get(found.item.context.server.id)?.uris.add(found.upstreamUri);
      }
    }
  }
  return wanted;
}

function stopUnwanted(current: Map<string, Watched>, wanted: Wanted): void {
  for (const [serverId, watched] of current) {
    const want = wanted.get(serverId);
    if (want && keyOf(want.uris) === watched.wanted && want.server === watched.server) continue;
    watched.stop();
    current.delete(serverId);
  }
}

const keyOf = (uris: ReadonlySet<string>): string => [...uris].sort().join('\n');

/** Many changes in one turn of the event loop are one piece of work. */
function createTurns(run: (key: string) => void): (key: string) => void {
  const due = new Set<string>();
  return (key) => {
    if (due.size === 0) {
      setImmediate(() => {
        const keys = [...due];
        due.clear();
        for (const each of keys) run(each);
      });
    }
    due.add(key);
  };
}
