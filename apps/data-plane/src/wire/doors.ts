import type { Server } from 'node:http';
import type { AllowedHosts } from './allowed-hosts.ts';
import { createListener, type ListenerInput, listenOn, type OwnRoutes } from './http-listener.ts';

/** The ports of a worker. */
export interface Doors {
  /** Serves agents and our own routes; gives the port. */
  listenLoopback(port: number): Promise<number>;
  /** Serves agents on the port all workers share. */
  listenShared(port: number): Promise<void>;
  stopAccepting(): void;
  closeAll(): void;
}

/** Opens ports on 127.0.0.1; what listens on them is an allowed Host. */
export function createDoors(
  input: ListenerInput & { readonly own: OwnRoutes; readonly hosts: AllowedHosts },
): Doors {
  const { pipeline, anonymous, sinks, own, hosts } = input;
  const servers: Server[] = [];
  return {
    async listenLoopback(port) {
      // Invariant: T25, a page that points its name at this machine reads no metrics either.
      const guarded: OwnRoutes = (req, res) => hosts.allowsHost(req.headers.host) && own(req, res);
      const server = createListener({ pipeline, anonymous, sinks, own: guarded });
      servers.push(server);
      const bound = await listenOn(server, port, true);
      hosts.addLoopback(bound);
      return bound;
    },
    async listenShared(port) {
      const server = createListener({ pipeline, anonymous, sinks });
      servers.push(server);
      hosts.addLoopback(await listenOn(server, port, false));
    },
    stopAccepting() {
      for (const server of servers) {
        server.close();
        server.closeIdleConnections();
      }
    },
    closeAll() {
      for (const server of servers) server.closeAllConnections();
    },
  };
}
