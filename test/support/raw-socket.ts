import { connect } from 'node:net';

/** Sends bytes over a connection of their own, ends it, and gives what came back until the other side closed too. */
export const exchange = (url: string, bytes: string | Buffer) =>
  new Promise<string>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const received: Buffer[] = [];
    const done = () => resolve(Buffer.concat(received).toString('latin1'));
    socket.on('data', (chunk) => received.push(chunk));
    socket.on('close', done);
    // A connection that the other side resets is one that it closed.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.end(bytes);
  });

/** Sends bytes and hangs up at once. */
export const hangUp = (url: string, bytes: string | Buffer) =>
  new Promise<void>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.on('error', reject);
    socket.on('connect', () => socket.write(bytes, () => socket.resetAndDestroy()));
    socket.on('close', () => resolve());
  });
