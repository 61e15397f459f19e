import { types } from 'node:util';

type Environment = Readonly<Record<string, string | undefined>>;

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly port: string | undefined;
}

const memberOf = (error: object, name: 'code' | 'port') =>
  name in error ? String((error as Record<string, unknown>)[name]) : undefined;

function* chain(error: unknown): Generator<Failure> {
  for (let cause = error; types.isNativeError(cause); cause = cause.cause) {
    const { name, message } = cause;
    yield { name, message, code: memberOf(cause, 'code'), port: memberOf(cause, 'port') };
    if ('errors' in cause && Array.isArray(cause.errors))
      for (const one of cause.errors) yield* chain(one);
  }
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ECONNRESET']);

/** Errors whose message was written for the person who types: ours, the local cloud's, the domain's closed list. */
const SAYS_IT_ALL = new Set([
  'UsageError',
  'FleetFileError',
  'DataDirectoryError',
  'TemplateError',
  'InvalidRolloutError',
  'TargetLockedError',
  'NotDeployableError',
  'ForeignChangeError',
  'QuotaExceededError',
]);

const TRY_LOCAL =
  'for the local cloud: run greenwave up, and export the AWS_ENDPOINT_URL that it prints';

const HINTS: readonly ((failure: Failure, environment: Environment) => string | undefined)[] = [
  ({ code }, environment) =>
    code && UNREACHABLE.has(code)
      ? `nothing answers at ${environment['AWS_ENDPOINT_URL'] ?? 'AWS'} (${code}); ${TRY_LOCAL}`
      : undefined,
  ({ code, port }) =>
    code === 'EADDRINUSE'
      ? `port ${port} of 127.0.0.1 is taken; choose another with --port`
      : undefined,
  ({ message }) =>
    /region is missing/i.test(message)
      ? `no AWS region is set: export AWS_REGION; or ${TRY_LOCAL}`
      : undefined,
  ({ name }) =>
    name === 'CredentialsProviderError'
      ? `no AWS credentials are found: sign in, or export AWS_PROFILE; or ${TRY_LOCAL}`
      : undefined,
  ({ name, message }) =>
    name === 'ResourceNotFoundException' && /table|resource/i.test(message)
      ? `there is no greenwave in this account and region under that stage (no such table); is --stage right? ${TRY_LOCAL}`
      : undefined,
];

/** What to tell the person about an error that ended a command: what is wrong, and what to do about it where known. */
export function explainError(error: unknown, environment: Environment): string {
  for (const failure of chain(error)) {
    if (SAYS_IT_ALL.has(failure.name)) return failure.message;
    for (const hint of HINTS) {
      const text = hint(failure, environment);
      if (text) return text;
    }
  }
  if (!types.isNativeError(error)) return String(error);
  return error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
}
