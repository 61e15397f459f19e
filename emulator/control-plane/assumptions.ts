/** Where the service's behaviour is not settled: each default is the likelier reading. */
export interface Assumptions {
  /**
   * Assumed: a cancelled deployment's IN_PROGRESS executions stay IN_PROGRESS and take no more updates.
   * True: they become CANCELED.
   */
  readonly cancelReachesInProgress: boolean;
  /** Assumed: CancelDeployment of a thing deployment that has ended answers SUCCESS. True: ConflictException. */
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
}

export const defaultAssumptions: Assumptions = {
  cancelReachesInProgress: false,
  refusesToCancelEnded: false,
  validationTimeoutFails: false,
  limitsDocumentsTo6MB: false,
};
