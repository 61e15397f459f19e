import { connect, type Socket } from 'node:net';

export interface FuzzAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const END_OF_HEAD = '\r\n\r\n';

/** The answer that has come in; undefined while it isn't complete. */
function answerIn(bytes: Buffer, isHead: boolean): FuzzAnswer | undefined {
  const end = bytes.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name.toLowerCase(), value.join(': ')];
    }),
  );
  const status = Number(statusLine.split(' ')[1]);
  const length = isHead ? 0 : Number(headers.get('content-length') ?? 0);
  const start = end + END_OF_HEAD.length;
  if (bytes.byteLength < start + length) return undefined;
  const body = bytes.subarray(start, start + length).toString();
  return { status, headers, body };
}

/** One connection that is opened again when it is closed. Requests go out as they are, one after the other. */
export class FuzzClient {
  readonly #port: number;
  #socket: Socket | undefined;

  constructor(url: string) {
    this.#port = Number(new URL(url).port);
  }

  /** The answer to a request, or 'closed'. */
  send(bytes: Buffer, isHead: boolean): Promise<FuzzAnswer | 'closed'> {
    const socket = this.#socket?.destroyed === false ? this.#socket : this.#open();
    return new Promise((resolve) => {
      let received: Buffer = Buffer.alloc(0);
      const settle = (answer: FuzzAnswer | 'closed') => {
        socket.off('data', take).off('close', closed);
        if (answer === 'closed' || answer.headers.get('connection') === 'close') this.close();
        resolve(answer);
      };
      const take = (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        const answer = answerIn(received, isHead);
        if (answer) settle(answer);
      };
      const closed = () => settle('closed');
      socket.on('data', take).on('close', closed);
      socket.write(bytes);
    });
  }

  #open(): Socket {
    // A reset is a closed connection too.
    const socket = connect(this.#port, '127.0.0.1').on('error', () => undefined);
    this.#socket = socket;
    return socket;
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }
}
