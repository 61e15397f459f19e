import { parseRolloutFile } from '../../../src/domain/rollout-file.js';
import { planRollout } from '../../../src/domain/rollout-plan.js';
import type { RolloutFile } from '../../../src/domain/rollout-file.js';
import type { TargetFacts } from '../../../src/domain/target-facts.js';
import { readLacking, undemanding } from './preflight/cloud.js';

export const hour = 3_600_000;
export const arn = 'arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats';
export const fileOf = (components: unknown, strategy: unknown = {}) =>
  parseRolloutFile(
    {
      name: 'thermostat-1.1.0',
      target: 'thinggroup/thermostats',
      release: { components },
      strategy,
    },
    'rollout.yaml',
  );
export const update = fileOf({ App: { version: '1.1.0', merge: { rate: 30 } } });

export const things = (count: number) => Array.from({ length: count }, (_, i) => `t-${i}`);
export const healthy = (
  thing: string,
  change: Partial<TargetFacts['coreDevices'][number]> = {},
) => ({
  thing,
  platform: 'linux/amd64',
  status: 'HEALTHY' as const,
  lastStatusUpdateAt: 99 * hour,
  ...change,
});
export const revision = {
  deploymentId: 'd-1',
  revisionId: '3',
  deploymentStatus: 'ACTIVE',
  creationAt: 0,
  document: { components: { App: { componentVersion: '1.0.0' } } },
};
const facts = (change: Partial<TargetFacts>, file: RolloutFile): TargetFacts => ({
  readAt: 100 * hour,
  targetArn: arn,
  exists: true,
  members: things(20),
  coreDevices: things(20).map((thing) => healthy(thing)),
  revisions: [revision],
  components: [{ name: 'App', version: '1.1.0', state: 'DEPLOYABLE' }],
  openRollouts: [],
  preflight: undemanding(file, change.revisions ?? [revision]),
  ...change,
});
/** A plan that has read of the components no more than it needs. */
export function plan(change: Partial<TargetFacts> = {}, file = update) {
  const all = facts(change, file);
  const preflight = readLacking(all, file);
  return planRollout('thermostat-1.1.0-aaaaaaaa', file, { ...all, preflight }, 'rollout.yaml');
}
