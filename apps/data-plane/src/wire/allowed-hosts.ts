/** Which Host and Origin headers are ours. */
export interface AllowedHosts {
  allowsHost(host: string | undefined): boolean;
  /** An Origin is allowed where its host is one of ours. */
  allowsOrigin(origin: string): boolean;
  /** A port this process listens on at loopback. */
  addLoopback(port: number): void;
}

/** Builds the list from `host:port` texts. */
export function createAllowedHosts(list: readonly string[]): AllowedHosts {
  const hosts = new Set(list.map((host) => host.toLowerCase()));
  return {
    allowsHost: (host) => host !== undefined && (hosts.has(host) || hosts.has(host.toLowerCase())),
    allowsOrigin(origin) {
      if (!URL.canParse(origin)) return false;
      const url = new URL(origin);
      if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
      return hosts.has(url.host) || hosts.has(`${url.hostname}:${url.protocol === 'https:' ? 443 : 80}`);
    },
    addLoopback(port) {
      hosts.add(`127.0.0.1:${port}`);
      hosts.add(`localhost:${port}`);
    },
  };
}
