import { ApiError } from './errors.js';

type Input = Readonly<Record<string, unknown>>;

/** Which calls with a client token have not been answered yet. */
export type PendingTokens = ReturnType<typeof createPendingTokens>;

/** Documented: API model, RequestAlreadyInProgressException: a call with this token is in progress. Assumed: the text. */
const inProgress = (clientToken: string) =>
  new ApiError(
    'RequestAlreadyInProgressException',
    `A request with the client token ${clientToken} is already in progress`,
  );

const keyOf = (operation: string, { clientToken }: Input) =>
  typeof clientToken === 'string' ? { key: `${operation}/${clientToken}`, clientToken } : undefined;

export function createPendingTokens() {
  const pending = new Set<string>();
  return {
    /** Refuses a call whose token another one has that is not answered yet. */
    check(operation: string, input: Input): void {
      const token = keyOf(operation, input);
      if (token && pending.has(token.key)) throw inProgress(token.clientToken);
    },
    /** From now on its token is pending, for so many seconds of real time, whether its caller waits so long or not. */
    hold(operation: string, input: Input, seconds: number): void {
      const token = keyOf(operation, input);
      if (!token) return;
      pending.add(token.key);
      setTimeout(() => pending.delete(token.key), seconds * 1000).unref();
    },
  };
}
