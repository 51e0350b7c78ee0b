import { AppError, type Clock } from '@sallyport/kernel';
import type { Actor } from '../access/session.ts';
import type { CreateApiKey } from '../agents/create-api-key.ts';
import { endpointUrl } from '../endpoints/endpoints.read-model.ts';
import type { Database } from '../platform/database.ts';
import type { PublishTenantNow } from '../publication/publish-tenant-now.ts';

/** A key lives this long at most; one that has less than `marginMs` left is not used for another message. */
export const inspectorKeyMs = 15 * 60_000;
const marginMs = 60_000;
const maxHeld = 1_000;

export interface InspectorDoor {
  readonly keyId: string;
  readonly secret: string;
  /** The endpoint on the configured gateway. */
  readonly url: string;
}

interface Held extends InspectorDoor {
  readonly expiresAtMs: number;
}

export interface InspectorTarget {
  /** Of the browser session: another session has a key of its own. */
  readonly sessionId: string;
  readonly agentId: string;
  readonly endpointId: string;
}

/** The short-lived keys with which members try an endpoint as one of their agents. A browser never sees one. */
export class InspectorKeys {
  private readonly held = new Map<string, Promise<Held>>();

  constructor(
    private readonly db: Database,
    private readonly keys: CreateApiKey,
    private readonly publishNow: PublishTenantNow,
    private readonly clock: Clock,
    private readonly gatewayUrl: string,
  ) {}

  /** The door of this session to an endpoint as an agent; made at the first message. @throws AppError `not_found` */
  async open(actor: Actor, target: InspectorTarget): Promise<InspectorDoor> {
    const name = nameOf(actor, target);
    const known = await this.held.get(name);
    if (known && known.expiresAtMs - this.clock.nowMs() > marginMs) return known;
    const making = this.make(actor, target);
    this.hold(name, making);
    try {
      return await making;
    } catch (cause) {
      if (this.held.get(name) === making) this.held.delete(name);
      throw cause;
    }
  }

  /** Forgets a key that the gateway no longer takes (somebody revoked it); the next message gets a new one. */
  forget(actor: Actor, target: InspectorTarget): void {
    this.held.delete(nameOf(actor, target));
  }

  private async make(actor: Actor, target: InspectorTarget): Promise<Held> {
    const { agentId, endpointId } = target;
    const { endpoint, member } = await this.db.withTenant(actor.tenantId, async (tx) => ({
      endpoint: await tx.endpoint.findFirst({ where: { id: endpointId } }),
      member: await tx.user.findFirst({ where: { id: actor.userId }, select: { displayName: true } }),
    }));
    if (!endpoint) throw new AppError('not_found', undefined, { details: { kind: 'endpoint' } });
    const who = (member?.displayName ?? actor.email).slice(0, 60);
    const expiresAtMs = this.clock.nowMs() + inspectorKeyMs;
    const made = await this.keys.execute(actor, {
      agentId,
      name: `Inspector, ${who}`,
      endpointId,
      expiresInDays: null,
      expiresAtMs,
    });
    await this.publishNow.flush(actor, 'key of the inspector');
    const url = endpointUrl(this.gatewayUrl, actor.tenantSlug, endpoint.slug);
    return { keyId: made.id, secret: made.secret, url, expiresAtMs };
  }

  private hold(name: string, making: Promise<Held>): void {
    this.held.delete(name);
    this.held.set(name, making);
    for (const oldest of this.held.keys()) {
      if (this.held.size <= maxHeld) return;
      this.held.delete(oldest);
    }
  }
}

function nameOf(actor: Actor, target: InspectorTarget): string {
  return [target.sessionId, actor.tenantId, target.agentId, target.endpointId].join('|');
}
