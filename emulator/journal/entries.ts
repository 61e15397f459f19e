import { crc32 } from 'node:zlib';
import * as z from 'zod';

/** The first line of a journal: what its entries are only right for. */
export const Header = z.strictObject({
  greenwave: z.string(),
  /** Of the fleet file and all files that it names. */
  fleet: z.string(),
  /** Where virtual time started, in epoch milliseconds. */
  start: z.number(),
});
export type Header = z.infer<typeof Header>;

/** A request that may have changed something, as it came in. */
export const KeptCall = z.strictObject({
  service: z.enum(['Greengrass', 'IoT', 'IoTData']),
  method: z.string(),
  path: z.string(),
  query: z.string(),
  body: z.string(),
});
export type KeptCall = z.infer<typeof KeptCall>;

/** One of the functions of `inject`, with what it was given. */
export const KeptInjection = z.strictObject({ name: z.string(), args: z.array(z.string()) });
export type KeptInjection = z.infer<typeof KeptInjection>;

const at = z.number();

/**
 * What came from outside, at its virtual time; all else follows from it. Neither call nor injection: time has come so far.
 * `answer` is the checksum of what the call was answered.
 */
export const Entry = z.union([
  z.strictObject({ at, call: KeptCall, answer: z.string() }),
  z.strictObject({ at, inject: KeptInjection }),
  z.strictObject({ at }),
]);
export type Entry = z.infer<typeof Entry>;

/** Eight hexadecimal digits. */
export const checksum = (text: string | Uint8Array): string =>
  crc32(text).toString(16).padStart(8, '0');

const CHECKSUM_LENGTH = 8;

/** A line of the journal: checksum, space, JSON. */
export function writeLine(value: Header | Entry): string {
  const json = JSON.stringify(value);
  return `${checksum(json)} ${json}\n`;
}

/** What a line without its end holds, or undefined if it isn't as it was written. */
export function readLine(line: Uint8Array): unknown {
  const text = new TextDecoder().decode(line);
  const json = text.slice(CHECKSUM_LENGTH + 1);
  if (text.slice(0, CHECKSUM_LENGTH) !== checksum(json)) return undefined;
  const value: unknown = JSON.parse(json);
  return value;
}
