/**
 * A service kept throttling after the SDK's own retries, or something was being changed at that moment: trying again helps.
 * Retried by the state machine.
 */
export class ThrottledError extends Error {
  override readonly name = 'ThrottledError';
}

/** Another rollout holds the target, or a group or device that overlaps it. Ends the start of this rollout. */
export class TargetLockedError extends Error {
  override readonly name = 'TargetLockedError';
}

/** Somebody else changed the target or the rollout's own deployment. Caught: the rollout stops where it is. */
export class ForeignChangeError extends Error {
  override readonly name = 'ForeignChangeError';
}

/** The rollout file, or what it asks of this target, is wrong. The message has one line per problem. Ends the start. */
export class InvalidRolloutError extends Error {
  override readonly name = 'InvalidRolloutError';
}

/** A release file, its recipe, its tag or a policy is wrong. The message has one line per problem. Ends the release. */
export class InvalidReleaseError extends Error {
  override readonly name = 'InvalidReleaseError';
}

/** A step was given, or gave, a payload that breaks its contract. A defect: caught by the last Catch only. */
export class InvalidPayloadError extends Error {
  override readonly name = 'InvalidPayloadError';
}

/** A quota of the account is used up, so that trying again soon can't help. Caught: the rollout stops. */
export class QuotaExceededError extends Error {
  override readonly name = 'QuotaExceededError';
}

/** A component version of the release doesn't exist or isn't DEPLOYABLE. Ends the start of the rollout. */
export class NotDeployableError extends Error {
  override readonly name = 'NotDeployableError';
}

/** Every error that a state machine may name in a Retry or a Catch. */
export type ErrorName = (
  | ThrottledError
  | TargetLockedError
  | ForeignChangeError
  | InvalidRolloutError
  | InvalidReleaseError
  | InvalidPayloadError
  | QuotaExceededError
  | NotDeployableError
)['name'];
