import type { Actor } from '../access/session.ts';
import type { Database } from '../platform/database.ts';
import type { RegisterServer } from './register-server.ts';

const demoSlug = 'demo';

/** Registers the bundled demo server as any other, once. */
export class AddDemoServer {
  constructor(
    private readonly db: Database,
    private readonly register: RegisterServer,
    private readonly demoUrl: string,
  ) {}

  /** The server's id; the one that is there already, if it was not retired. */
  async execute(actor: Actor): Promise<string> {
    const known = await this.db.withTenant(actor.tenantId, (tx) =>
      tx.server.findFirst({ where: { slug: demoSlug }, select: { id: true } }),
    );
    return known?.id ?? this.register.execute(actor, { name: 'Demo', slug: demoSlug, url: this.demoUrl });
  }
}
