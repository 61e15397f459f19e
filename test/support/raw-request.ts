import { request as httpRequest } from 'node:http';
import * as z from 'zod';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: string | Buffer;
  /** The content type; none is sent by default. */
  readonly type?: string;
}

const Body = z.record(z.string(), z.unknown());

/** A request as no SDK sends it: path and body go out as they are. */
export const sendRaw = (url: string, { method, path, body = '', type }: Sent) =>
  new Promise<{ status: number | undefined; type: unknown; body: z.infer<typeof Body> }>(
    (resolve, reject) => {
      const headers = {
        ...(body.length > 0 && { 'content-length': Buffer.byteLength(body) }),
        ...(type !== undefined && { 'content-type': type }),
      };
      const sent = httpRequest(url, { method, path, headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => {
          const { statusCode: status, headers } = response;
          const parsed = Body.parse(text === '' ? {} : JSON.parse(text));
          resolve({ status, type: headers['x-amzn-errortype'], body: parsed });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    },
  );
