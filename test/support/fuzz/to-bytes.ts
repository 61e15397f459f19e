import type { Chance } from './fuzz-random.js';
import { Raw, type MutatedRequest } from './mutate.js';

/** Percent-encodes a text; what is no Unicode becomes the replacement character. */
const encode = (text: string) => encodeURIComponent(Buffer.from(text).toString());

const payload = (body: unknown) => {
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
};

/** An HTTP request as it goes over the wire; its length is right. */
export function toBytes({ method, path, query, headers, body }: MutatedRequest): Buffer {
  const bytes = payload(body);
  const target = path.map((part) => (part instanceof Raw ? part.text : encode(part))).join('/');
  const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const lines = [
    `${method} /${target}${search === '' ? '' : `?${search}`} HTTP/1.1`,
    'host: 127.0.0.1',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${bytes.byteLength}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

/** What need not be HTTP at all: noise, or a request with bytes changed, cut off, or followed by another. */
export function toNoise(request: MutatedRequest, chance: Chance): Buffer {
  if (chance.is(0.1))
    return Buffer.from(Array.from({ length: chance.below(500) }, () => chance.below(256)));
  const bytes = toBytes(request);
  if (chance.is(0.3)) return bytes.subarray(0, chance.below(bytes.byteLength));
  if (chance.is(0.3)) return Buffer.concat([bytes, bytes, bytes.subarray(chance.below(20))]);
  const head = Math.min(bytes.byteLength, 300);
  for (let i = 0; i < 4; i += 1) bytes[chance.below(head)] = chance.below(256);
  return bytes;
}
