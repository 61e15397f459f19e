import { Rollout } from '../../../src/domain/rollout.js';
import { noEvidence } from '../../../src/domain/rollout-evidence.js';
import { noExecutions } from '../../../src/domain/wave.js';
import { usualStrategy } from '../../support/usual-strategy.js';

const document = { components: {} };

/** A rollout of 50 devices in its second wave, with 40 ranks handed out and one of them skipped. */
export const kept = Rollout.parse({
  rolloutId: 'app-aaaaaaaa',
  name: 'app',
  targetArn: 'arn:aws:iot:eu-west-1:123456789012:thinggroup/t',
  file: {
    name: 'app',
    target: 'thinggroup/t',
    release: { components: { App: 'remove' } },
    strategy: {
      waves: [{ percent: 100 }],
      ...usualStrategy,
    },
  },
  phase: 'Running',
  phaseSince: '2026-01-05T08:00:00.000Z',
  wave: 1,
  waves: [
    { name: 'canary', size: 5, bakeSeconds: 60, approval: false },
    { name: 'all', size: 50, bakeSeconds: 60, approval: false },
  ],
  ranked: 50,
  platforms: [{ platform: 'linux/amd64', devices: 50 }],
  ineligible: 2,
  unheard: 1,
  releaseDocument: document,
  revertDocument: document,
  rolloutGroupName: 'gw-app-aaaaaaaa',
  admitted: 40,
  skipped: [{ rank: 7, thing: 't-7', reason: 'it has left the target' }],
  left: [],
  admissions: [{ at: 0, devices: 10 }],
  answeredBefore: 5,
  counts: noExecutions,
  evidence: noEvidence,
  extendedBy: 0,
  approvedWaves: [],
  hit: 0,
  returned: 0,
  stragglers: [],
  failures: [],
  startedAt: '2026-01-05T08:00:00.000Z',
  version: 1,
});
