import type { Rollout } from '../../../src/domain/rollout.js';
import { noEvidence } from '../../../src/domain/rollout-evidence.js';
import { noExecutions } from '../../../src/domain/wave.js';
import { usualStrategy } from '../../support/usual-strategy.js';

/** A rollout over 200 devices that has just begun its second wave. */
export const rollout: Rollout = {
  rolloutId: 'thermostat-1.1.0-abcdefgh',
  name: 'thermostat-1.1.0',
  targetArn: 'arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats',
  file: {
    name: 'thermostat-1.1.0',
    target: 'thinggroup/thermostats',
    release: { components: { 'com.example.Thermostat': { version: '1.1.0' } } },
    strategy: {
      waves: [
        { name: 'canary', devices: 5, bakeSeconds: 1800 },
        { name: 'early', percent: 10 },
      ],
      ...usualStrategy,
    },
  },
  phase: 'Running',
  phaseSince: '2026-01-05T08:40:00.000Z',
  wave: 1,
  waves: [
    { name: 'canary', size: 5, bakeSeconds: 1800, approval: false },
    { name: 'early', size: 20, bakeSeconds: 7200, approval: false },
    { name: '100%', size: 200, bakeSeconds: 7200, approval: false },
  ],
  ranked: 200,
  platforms: [{ platform: 'linux/amd64', devices: 200 }],
  ineligible: 3,
  unheard: 2,
  releaseDocument: { components: {} },
  revertDocument: { components: {} },
  rolloutGroupName: 'gw-thermostat-1-1-0-abcdefgh',
  admitted: 20,
  skipped: [],
  left: [],
  admissions: [{ at: Date.parse('2026-01-05T08:40:00Z'), devices: 15 }],
  answeredBefore: 5,
  counts: { ...noExecutions, succeeded: 12, failed: 1, inProgress: 5, queued: 2 },
  evidence: noEvidence,
  extendedBy: 0,
  approvedWaves: [],
  hit: 0,
  returned: 0,
  stragglers: [],
  failures: [{ thing: 'thermostats-0042', status: 'FAILED', why: 'the run script exited with 1' }],
  judgement: {
    verdict: 'Continue',
    reason: 'answered (13) < 19',
    proven: false,
    alternatives: [],
    wouldChange: [],
    numbers: {
      devices: 20,
      reached: 20,
      answered: 13,
      succeeded: 12,
      failed: 1,
      pending: 7,
      queued: 0,
      apart: 0,
    },
  },
  startedAt: '2026-01-05T08:00:00.000Z',
  lookAt: Date.parse('2026-01-05T08:41:00Z'),
  version: 9,
};

/** The history of that rollout. */
export const events = [
  {
    at: '2026-01-05T08:00:00.000Z',
    step: 'LockTarget',
    actor: 'ada',
    what: 'target locked',
    why: '',
  },
  {
    at: '2026-01-05T08:40:00.000Z',
    step: 'AdmitWave',
    actor: 'greenwave',
    what: '15 devices admitted',
    why: 'wave early',
  },
];
