import semver from 'semver';
import type { CoreDevice } from './core-device.js';
import type { Outcome } from './outcome.js';

/** Documented: developer guide, "Troubleshooting deployments": codes of errors, from this nucleus on. */
const FIRST_WITH_ERROR_CODES = '2.8.0';

/**
 * What of an outcome a device tells.
 * Documented: nucleus lite source, deployment_handler.c: a status and one of two detailed statuses, and for the job execution
 * the status alone; it rejects nothing.
 */
export function tellOutcome(
  { profile, software }: Pick<CoreDevice, 'profile' | 'software'>,
  outcome: Outcome,
): Outcome {
  if (profile.runtime === 'aws_nucleus_lite')
    return outcome.status === 'SUCCEEDED'
      ? { status: 'SUCCEEDED', detailedStatus: 'SUCCESSFUL', isBare: true }
      : { status: 'FAILED', detailedStatus: 'FAILED_ROLLBACK_NOT_REQUESTED', isBare: true };
  if (semver.gte(software.nucleusVersion, FIRST_WITH_ERROR_CODES)) return outcome;
  const { errorStack: _stack, errorTypes: _types, ...known } = outcome;
  return known;
}
