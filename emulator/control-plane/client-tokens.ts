import { isDeepStrictEqual } from 'node:util';
import type { Cloud } from '../cloud.js';
import { conflict } from '../errors.js';
import type { Assumptions } from './assumptions.js';

/** Replays the answer to a request whose client token has been seen. */
export type ClientTokens = ReturnType<typeof createClientTokens>;

/** Documented: API model, CreateDeployment: a successful response is replayed for up to 8 hours. */
const REPLAYED_MS = 8 * 3_600_000;

interface Answer {
  readonly response: object;
  readonly until: number;
  /** Kept only where it is compared. */
  readonly request: object | undefined;
}

export function createClientTokens(
  { clock }: Pick<Cloud, 'clock'>,
  { checksClientToken }: Pick<Assumptions, 'checksClientToken'>,
) {
  const answers = new Map<string, Answer>();

  const forgetOld = () => {
    for (const [key, { until }] of answers) {
      if (until > clock.now()) break;
      answers.delete(key);
    }
  };

  return {
    once<T extends object>(
      operation: string,
      request: { readonly clientToken?: string | undefined },
      run: () => T,
    ): T {
      forgetOld();
      const { clientToken } = request;
      if (clientToken === undefined) return run();
      const key = `${operation}/${clientToken}`;
      const known = answers.get(key);
      if (known?.request && !isDeepStrictEqual(known.request, request))
        throw conflict('clientToken', clientToken, `${clientToken} has come with another request`);
      if (known) return known.response as T;
      const response = run();
      const kept = checksClientToken ? request : undefined;
      answers.set(key, { response, until: clock.now() + REPLAYED_MS, request: kept });
      return response;
    },
  };
}
