import type { ReleaseOrigin } from '../release/release-request.js';

/** What a signed webhook asks for. */
export type Meaning =
  | { readonly kind: 'release'; readonly origin: ReleaseOrigin }
  | { readonly kind: 'nothing'; readonly why: string }
  | { readonly kind: 'unreadable'; readonly why: string };

export const nothing = (why: string): Meaning => ({ kind: 'nothing', why });
export const unreadable = (why: string): Meaning => ({ kind: 'unreadable', why });

/** A release file is at most so many bytes, as JSON: a state machine's input and an item of the table hold it. */
export const LARGEST_FILE = 100_000;

export const isTooLarge = (file: unknown): boolean =>
  new TextEncoder().encode(JSON.stringify(file)).length > LARGEST_FILE;

/** A release that its webhook carries whole. */
export const inlineRelease = (file: unknown, tag: string | undefined): Meaning =>
  isTooLarge(file)
    ? unreadable(`the release file is larger than ${LARGEST_FILE} bytes`)
    : { kind: 'release', origin: { kind: 'file', file, ...(tag !== undefined && { tag }) } };
