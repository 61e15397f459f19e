/** What a rollout file has that says nothing of them: 5 %, half an hour, everything by hand. */
export const usualHealth = {
  maxFailurePercent: 5,
  falseAbortRisk: 0.05,
  falsePromoteRisk: 0.05,
  deviceDeadlineSeconds: 1800,
  minReachPercent: 80,
};

/** The same of a whole strategy, less its waves. */
export const usualStrategy = {
  health: usualHealth,
  maxInFlight: 50,
  onHold: 'wait' as const,
  onAbort: 'rollback' as const,
  returnWithinSeconds: 259_200,
};
