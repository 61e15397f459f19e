import type { WireRequest } from './rest-json.js';

/** How far into the signature its credential is looked for. */
const LONGEST_CREDENTIAL = 1024;

const CREDENTIAL = /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//;

const credentialOf = ({ headers }: Pick<WireRequest, 'headers'>) =>
  CREDENTIAL.exec(String(headers.authorization).slice(0, LONGEST_CREDENTIAL));

/** The access key that signed a request, or undefined where it isn't signed. */
export const accessKeyOf = (request: Pick<WireRequest, 'headers'>) => credentialOf(request)?.[1];

/** The service that a request was signed for. */
export const scopeOf = (request: Pick<WireRequest, 'headers'>) => credentialOf(request)?.[2];
