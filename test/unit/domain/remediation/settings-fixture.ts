import type { Settings } from '../../../../src/domain/remediation/settings.js';

/** Settings for a small fleet. */
export const settings: Settings = {
  maxDevices: 5,
  maxPercent: 10,
  attempts: 3,
  backoffSeconds: 3600,
  systemicPercent: 20,
  silentAfterSeconds: 86_400,
  stuckAfterSeconds: 7200,
  verifyWithinSeconds: 1800,
};
