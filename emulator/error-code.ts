import { types } from 'node:util';

/** Whether an error of the operating system is this one; `instanceof` fails where Jest has made a realm of its own. */
export const hasCode = (error: unknown, code: string): boolean =>
  types.isNativeError(error) && 'code' in error && error.code === code;
