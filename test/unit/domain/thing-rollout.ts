import type { Rollout } from '../../../src/domain/rollout.js';
import { kept } from './kept-rollout.js';

export const thingArn = 'arn:aws:iot:eu-west-1:123456789012:thing/t-1';
const baseline = { deploymentId: 'base', revisionId: '4', document: { components: {} } };

/** A rollout to one thing, which has been given the release at time 0; its bake is a minute, the deadline half an hour. */
export const onThing = (change: Partial<Rollout> = {}): Rollout => ({
  ...kept,
  targetArn: thingArn,
  file: { ...kept.file, target: 'thing/t-1' },
  wave: 0,
  waves: [{ name: 'device', size: 1, bakeSeconds: 60, approval: false }],
  ranked: 1,
  ineligible: 0,
  unheard: 0,
  baseline,
  targetDeploymentId: 'release',
  admitted: 1,
  skipped: [],
  admissions: [{ at: 0, devices: 1 }],
  answeredBefore: 0,
  ...change,
});
