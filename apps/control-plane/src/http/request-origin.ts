/** Which names this server answers to. */
export interface AllowedHosts {
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

/**
 * The console's own origin, and the same port under the loopback names: a page of another site that points its
 * name at 127.0.0.1 (DNS rebinding) sends a Host that is not in here.
 */
export function allowedHosts(consoleUrl: string, port: number): AllowedHosts {
  const url = new URL(consoleUrl);
  const hosts = new Set([url.host, `127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `http://${name}:${port}`);
  return { hosts, origins: new Set([url.origin, ...(isLoopback(url) ? loopback : [])]) };
}

function isLoopback(url: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}

/** Whether the Host header is one of ours. */
export function isAllowedHost(allowed: AllowedHosts, host: string | undefined): boolean {
  return host !== undefined && allowed.hosts.has(host.toLowerCase());
}

/**
 * Whether the Origin header is one of ours. Browsers send it with every POST; `null` and foreign ones are refused,
 * and so is its absence where `isRequired`.
 */
export function isAllowedOrigin(
  allowed: AllowedHosts,
  origin: string | undefined,
  isRequired: boolean,
): boolean {
  if (origin === undefined) return !isRequired;
  return allowed.origins.has(origin.toLowerCase());
}
