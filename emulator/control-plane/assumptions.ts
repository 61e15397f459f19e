/** Where no source settles what the service does: each default is the likelier reading, and a fleet file may say otherwise. */
export interface Assumptions {
  /**
   * Assumed: a cancelled deployment's IN_PROGRESS executions stay IN_PROGRESS and take no more updates.
   * True: they become CANCELED.
   */
  readonly cancelReachesInProgress: boolean;
  /**
   * Assumed: CancelDeployment of a deployment that is COMPLETED, FAILED or INACTIVE answers SUCCESS. True: ConflictException.
   * One that is CANCELED always answers SUCCESS.
   */
  readonly refusesToCancelEnded: boolean;
  /**
   * Assumed: a component that doesn't say in time whether it takes its configuration lets the deployment proceed, as the API
   * model has it. True: it fails, as the source of the nucleus has it (DynamicComponentConfigurationValidator).
   */
  readonly validationTimeoutFails: boolean;
  /**
   * Assumed: the components of a deployment may have 10 MB, as the release notes of 2021-06-29 and the API model say. True: 6 MB,
   * as the table of quotas says.
   */
  readonly limitsDocumentsTo6MB: boolean;
  /** Assumed: a deployment that its abort criteria stop is CANCELED, as the criteria's action is. True: FAILED. */
  readonly abortedIsFailed: boolean;
  /**
   * Assumed: abort criteria are met once both limits are reached: the API model calls thresholdPercentage and
   * minNumberOfExecutedThings minimums. True: once both are exceeded, as it says of IoTJobAbortCriteria.
   */
  readonly abortsBeyondLimits: boolean;
  /** Assumed: a thing deployment that the next revision replaces is INACTIVE. True: CANCELED, as a group's is. */
  readonly supersededThingIsCanceled: boolean;
  /** Assumed: CreateDeployment looks its target up, and one that isn't there is a 404. True: it is taken all the same. */
  readonly acceptsUnknownTargets: boolean;
  /**
   * Assumed: CreateDeployment doesn't look component versions up, so that an unknown one fails on the device.
   * True: ResourceNotFoundException.
   */
  readonly refusesUnknownComponents: boolean;
  /**
   * Assumed: creating a component version again is always refused.
   * Observed: aws-greengrass-testing issue 207: it "can't be created again with tags". True: with the same recipe and no tags it
   * answers as the first time.
   */
  readonly toleratesSameComponentVersion: boolean;
  /**
   * Assumed: a client token that is known gets the first answer, whatever else the request says.
   * True: ConflictException if it says something else.
   */
  readonly checksClientToken: boolean;
  /**
   * Assumed: a deployment can be deleted as soon as it has been cancelled.
   * Observed: alchemy, its Deployment resource: ConflictException for some seconds. True: so it is, for ten.
   */
  readonly deletionRacesCancel: boolean;
}

export const defaultAssumptions: Assumptions = {
  cancelReachesInProgress: false,
  refusesToCancelEnded: false,
  validationTimeoutFails: false,
  limitsDocumentsTo6MB: false,
  abortedIsFailed: false,
  abortsBeyondLimits: false,
  supersededThingIsCanceled: false,
  acceptsUnknownTargets: false,
  refusesUnknownComponents: false,
  toleratesSameComponentVersion: false,
  checksClientToken: false,
  deletionRacesCancel: false,
};
