import { describe, expect, test } from '@jest/globals';
import { InvalidRolloutError } from '../../../src/domain/errors.js';
import { parseRolloutFile } from '../../../src/domain/rollout-file.js';
import { planRollout } from '../../../src/domain/rollout-plan.js';
import type { TargetFacts } from '../../../src/domain/target-facts.js';
import { healthy, hour, revision } from './planning.js';
import { undemanding } from './preflight/cloud.js';
import { thingArn } from './thing-rollout.js';

const fileOf = (components: unknown) =>
  parseRolloutFile({ name: 'app', target: 'thing/t-1', release: { components } }, 'rollout.yaml');
const update = fileOf({ App: { version: '1.1.0', merge: { rate: 30 }, reset: ['/legacy'] } });

type Neighbours = TargetFacts['preflight']['neighbours'];

const plan = (
  { others = [], ...change }: Partial<TargetFacts> & { others?: Neighbours } = {},
  file = update,
) =>
  planRollout(
    'app-aaaaaaaa',
    file,
    {
      readAt: 100 * hour,
      targetArn: thingArn,
      exists: true,
      members: ['t-1'],
      coreDevices: [healthy('t-1')],
      revisions: [{ ...revision, deploymentStatus: 'COMPLETED' }],
      components: [{ name: 'App', version: '1.1.0', state: 'DEPLOYABLE' }],
      openRollouts: [],
      preflight: undemanding(file, change.revisions ?? [revision], others),
      ...change,
    },
    'rollout.yaml',
  );

const groupArn = 'arn:aws:iot:eu-west-1:123456789012:thinggroup/g';
const other = (components: TargetFacts['revisions'][number]['document']['components']) => ({
  others: [{ targetArn: groupArn, deploymentId: 'd-g', document: { components }, things: ['t-1'] }],
});
const configured = (componentVersion: string, merge: unknown) => ({
  componentVersion,
  configurationUpdate: { merge: JSON.stringify(merge) },
});

test('one thing is one wave, with the documents that a group would have', () => {
  expect(plan()).toMatchObject({
    order: [{ thing: 't-1', platform: 'linux/amd64' }],
    waves: [{ name: 'device', size: 1, bakeSeconds: 1800, approval: false }],
    baseline: { deploymentId: 'd-1' },
    releaseDocument: { components: { App: { componentVersion: '1.1.0' } } },
    revertDocument: {
      components: {
        App: {
          componentVersion: '1.0.0',
          configurationUpdate: { reset: ['/legacy', '/rate'] },
        },
      },
    },
    estimate: { admissionCalls: 1, callsPerLook: 5, minimumSeconds: 1800 },
  });
});

test('a thing without a deployment has no baseline, and has everything taken off again', () => {
  const planned = plan({ revisions: [] });
  expect(planned.baseline).toBeUndefined();
  expect(planned.revertDocument).toEqual({ components: {} });
});

test('a silent device is waited for; a deployment that it has not ended is told', () => {
  const coreDevices = [healthy('t-1', { lastStatusUpdateAt: 0 })];
  const planned = plan({ coreDevices, revisions: [revision] });
  expect(planned.order).toHaveLength(1);
  expect(planned.warnings.slice(1)).toEqual([
    'the device is silent (last status 100 h ago): the rollout holds until it begins',
    'its own deployment d-1 is ACTIVE: the device has not ended it yet',
  ]);
});

test('what a group of the thing has too is not uninstalled', () => {
  const remove = fileOf({ App: 'remove' });
  expect(plan({}, remove).uninstalls).toEqual(['App']);
  expect(plan(other({ App: { componentVersion: '1.0.0' } }), remove).uninstalls).toEqual([]);
});

describe('a plan for one thing is refused', () => {
  const refusal = (change: Parameters<typeof plan>[0], file = update) => {
    try {
      plan(change, file);
    } catch (error) {
      if (error instanceof InvalidRolloutError) return error.message;
      throw error;
    }
    return undefined;
  };

  test('where there is no such thing, or it is no core device', () => {
    expect(refusal({ exists: false })).toBe(
      'rollout.yaml: target: thing/t-1 does not exist; name a thing of this account and Region',
    );
    expect(refusal({ coreDevices: [] })).toBe(
      'rollout.yaml: target: thing/t-1 is no core device; name a Greengrass core device',
    );
  });

  test('where it is UNHEALTHY, or runs the nucleus lite', () => {
    expect(refusal({ coreDevices: [healthy('t-1', { status: 'UNHEALTHY' })] })).toBe(
      'rollout.yaml: target: thing/t-1 is UNHEALTHY already, so that its health could not tell what the release does; repair it first',
    );
    expect(refusal({ coreDevices: [healthy('t-1', { runtime: 'aws_nucleus_lite' })] })).toBe(
      'rollout.yaml: target: thing/t-1 runs the nucleus lite, which takes deployments of thing groups only',
    );
  });

  test.each(['CANCELED', 'FAILED', 'INACTIVE'])('where its latest revision is %s', (status) => {
    expect(refusal({ revisions: [{ ...revision, deploymentStatus: status }] })).toContain(
      `is ${status}, so it doesn't say what the devices run`,
    );
  });

  test('where a group pins a component at another version, with both constraints', () => {
    expect(refusal(other({ App: { componentVersion: '1.0.0' } }))).toBe(
      'rollout.yaml: release: thinggroup/g pins App 1.0.0; the release pins App 1.1.0: no version meets both (the device)',
    );
    expect(refusal(other({ App: { componentVersion: '1.1.0' } }))).toBeUndefined();
    expect(refusal(other({ Other: { componentVersion: '1.0.0' } }))).toBeUndefined();
  });

  test('where a group sets configuration that the release touches: the revert could not give it back', () => {
    const set = (merge: unknown) => other({ App: configured('1.1.0', merge) });
    expect(refusal(set({ rate: 60, legacy: { a: 1 }, mine: 1 }))).toBe(
      'rollout.yaml: release.components.App: thinggroup/g sets /legacy, /rate too (deployment d-g), which going back could not give back; change it there',
    );
    expect(refusal(set({ mine: 1 }))).toBeUndefined();
    const all = fileOf({ App: { version: '1.1.0', reset: [''] } });
    expect(refusal(set({ mine: 1 }), all)).toContain('sets (all) too');
    expect(refusal(set({}), all)).toBeUndefined();
  });
});
