import { judgeWave } from '../../../src/domain/judge.js';
import { noEvidence, type RolloutEvidence } from '../../../src/domain/rollout-evidence.js';
import type { DeviceFailure, WaveObservation, WaveProgress } from '../../../src/domain/judge.js';
import { noExecutions } from '../../../src/domain/wave.js';
import type { ExecutionCounts } from '../../../src/domain/wave.js';
import { usualStrategy } from '../../support/usual-strategy.js';

export const minute = 60_000;
const strategy = {
  waves: [],
  ...usualStrategy,
};
/** What has failed, in few words: executions, and devices since they succeeded. */
export interface Failed {
  readonly failedRanks?: number[];
  readonly unhealthyRanks?: number[];
  readonly waveStarts?: number[];
}
export const evidenceOf = ({
  failedRanks,
  unhealthyRanks,
  waveStarts,
}: Failed): RolloutEvidence => ({
  ...noEvidence,
  waveStarts: waveStarts ?? [],
  failedRanks: {
    deployment: failedRanks ?? [],
    health: unhealthyRanks ?? [],
    component: [],
  },
});
export const progress = ({
  failedRanks,
  unhealthyRanks,
  waveStarts = [5],
  ...change
}: Partial<WaveProgress> & Failed = {}): WaveProgress => ({
  file: { strategy },
  waves: [
    { name: 'canary', size: 5, bakeSeconds: 1800, approval: false },
    { name: 'early', size: 50, bakeSeconds: 7200, approval: false },
    { name: 'all', size: 200, bakeSeconds: 3600, approval: false },
  ],
  wave: 1,
  admitted: 50,
  skipped: [],
  admissions: [{ at: 0, devices: 45 }],
  counts: noExecutions,
  answeredBefore: 5,
  extendedBy: 0,
  ranked: 200,
  platforms: [{ platform: 'linux/amd64', devices: 200 }],
  evidence: evidenceOf({
    waveStarts,
    ...(failedRanks && { failedRanks }),
    ...(unhealthyRanks && { unhealthyRanks }),
  }),
  ...change,
});
export const canary = (change: Partial<WaveProgress> & Failed = {}) =>
  progress({
    wave: 0,
    admitted: 5,
    answeredBefore: 0,
    waveStarts: [],
    admissions: [{ at: 0, devices: 5 }],
    ...change,
  });
export const seen = (
  counts: Partial<ExecutionCounts>,
  at = 10 * minute,
  failures: DeviceFailure[] = [],
): WaveObservation => ({
  at,
  counts: { ...noExecutions, ...counts },
  failures,
  unasked: 0,
  isBaselineLatest: true,
  isDeploymentActive: true,
});
export const judged = (state: WaveProgress, observation: WaveObservation) => {
  const { judgement, bakeEndsAt } = judgeWave(state, observation);
  return [judgement.verdict, judgement.reason, bakeEndsAt];
};
