/** What a screen may have to load again; carries no data of its own. */
export type LiveType =
  | 'call'
  | 'server'
  | 'vet'
  | 'approval'
  | 'policy'
  | 'agent'
  | 'member'
  | 'usage'
  | 'publication'
  | 'endpoint'
  | 'detection'
  | 'tenant';

export interface LiveEvent {
  readonly tenantId: string;
  readonly type: LiveType;
  readonly id: string;
}

const maxStreams = 500;
const maxStreamsPerSession = 8;

interface Listener {
  readonly sessionId: string;
  readonly tenantId: string;
  readonly send: (event: LiveEvent) => void;
  readonly close: () => void;
}

/** The open event streams of this process: an event reaches the sessions that act in its tenant, and nobody else. */
export class LiveHub {
  private readonly listeners = new Set<Listener>();

  /** Adds a stream; call the returned function when it ends. */
  add(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** Hands an event to every stream of its tenant. */
  deliver(event: LiveEvent): void {
    for (const listener of this.listeners) if (listener.tenantId === event.tenantId) listener.send(event);
  }

  /** Ends the streams of a session (signed out, revoked, or moved to another tenant). */
  closeSession(sessionId: string): void {
    for (const listener of [...this.listeners]) if (listener.sessionId === sessionId) listener.close();
  }

  /** Ends every stream (shutdown). */
  closeAll(): void {
    for (const listener of [...this.listeners]) listener.close();
  }

  /** Whether one more stream may open: one session must not take the places of all others. */
  hasRoomFor(sessionId: string): boolean {
    if (this.listeners.size >= maxStreams) return false;
    let own = 0;
    for (const listener of this.listeners) if (listener.sessionId === sessionId) own += 1;
    return own < maxStreamsPerSession;
  }

  get size(): number {
    return this.listeners.size;
  }
}
