import { type AddressInfo, type ListenOptions, Server } from 'node:net';

/**
 * Preload (`node --import`): whatever address a server asks for, it listens on 127.0.0.1. The real
 * port is told to the parent, and the process ends when the parent is gone.
 */
const listen = Server.prototype.listen;

function pinned(this: Server, ...given: readonly unknown[]): Server {
  const [first] = given;
  const callback = given.find((one): one is () => void => typeof one === 'function');
  const options: ListenOptions =
    typeof first === 'object' && first !== null ? { ...first } : { port: Number(first ?? 0) };
  if (options.path !== undefined || !Number.isInteger(Number(options.port))) {
    throw new Error('only TCP ports on 127.0.0.1 may be listened on');
  }
  this.once('listening', () => process.send?.({ port: (this.address() as AddressInfo).port }));
  return listen.call(this, { ...options, port: Number(options.port), host: '127.0.0.1' }, callback);
}

Server.prototype.listen = pinned as typeof listen;
process.on('disconnect', () => process.exit(0));
