import { NotDeployableError } from '../errors.js';

/** What the service says of a component version. */
export interface ComponentState {
  readonly state: string | undefined;
  readonly message: string | undefined;
  /** By artifact. */
  readonly errors: Readonly<Record<string, string>>;
}

/** Documented: the service takes seconds to minutes, as it reads the artifacts. */
const LONGEST_MS = 15 * 60 * 1000;

const HOPELESS = ['FAILED', 'DEPRECATED', 'DELETED', 'gone'];

/** Whether a component version can be deployed. Throws a NotDeployableError, a line for each artifact, where it never will. */
export function isDeployable(
  arn: string,
  found: ComponentState | undefined,
  waitedMs: number,
): boolean {
  if (found?.state === 'DEPLOYABLE') return true;
  const { state = 'gone', message, errors = {} } = found ?? {};
  const told = [message, ...Object.entries(errors).map(([what, why]) => `${what}: ${why}`)];
  const why = told.filter(Boolean).join('\n');
  if (HOPELESS.includes(state))
    throw new NotDeployableError(`${arn} is ${state}${why && `\n${why}`}`);
  if (waitedMs > LONGEST_MS)
    throw new NotDeployableError(`${arn} is still ${state} after 15 minutes${why && `\n${why}`}`);
  return false;
}
