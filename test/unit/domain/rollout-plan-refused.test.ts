import { describe, expect, test } from '@jest/globals';
import {
  InvalidRolloutError,
  NotDeployableError,
  TargetLockedError,
} from '../../../src/domain/errors.js';
import type { TargetFacts } from '../../../src/domain/target-facts.js';
import { arn, fileOf, healthy, plan, revision, things, update } from './planning.js';

describe('a plan is refused', () => {
  const refusal = (change: Partial<TargetFacts>, file = update) => {
    try {
      plan(change, file);
    } catch (error) {
      if (error instanceof Error) return [error.name, error.message];
    }
    return [];
  };
  const invalid = (...problems: string[]) => [
    InvalidRolloutError.name,
    problems.map((problem) => `rollout.yaml: ${problem}`).join('\n'),
  ];

  test('for a target that does not exist', () => {
    expect(refusal({ exists: false, members: [], coreDevices: [] })).toEqual(
      invalid(
        'target: thinggroup/thermostats does not exist; name a thing group of this account and Region',
      ),
    );
  });

  test('for a group of the same name in another account or Region', () => {
    const target = 'arn:aws:iot:us-east-1:999999999999:thinggroup/thermostats';
    expect(refusal({}, { ...update, target })).toEqual(
      invalid(
        'target: arn:aws:iot:us-east-1:999999999999:thinggroup/thermostats does not exist; name a thing group of this account and Region',
      ),
    );
    expect(refusal({}, { ...update, target: arn })).toEqual([]);
  });

  test('for a target without core devices', () => {
    expect(refusal({ coreDevices: [] })).toEqual(
      invalid(
        'target: thinggroup/thermostats has no core device among its 20 things; name a group of Greengrass core devices',
      ),
    );
  });

  test('where nobody can be judged', () => {
    const coreDevices = things(20).map((thing) => healthy(thing, { status: 'UNHEALTHY' }));
    expect(refusal({ coreDevices })).toEqual(
      invalid(
        'target: thinggroup/thermostats: none of its 20 core devices can be judged: 0 ineligible, 20 unhealthy or unheard of; at least one has to be healthy and reporting',
      ),
    );
  });

  test('where more than 20 % are ineligible', () => {
    const lite = (count: number) =>
      things(20).map((thing, i) =>
        healthy(thing, i < count ? { runtime: 'aws_nucleus_lite' } : {}),
      );
    expect(refusal({ coreDevices: lite(4) })).toEqual([]);
    expect(refusal({ coreDevices: lite(5) })).toEqual(
      invalid(
        "target: thinggroup/thermostats: ineligible (5) > 20 % of 20 core devices = 4; name a group with fewer devices that can't take a subdeployment",
      ),
    );
  });

  test('where a wave is smaller than the one before, or larger than the fleet', () => {
    const waves = [{ devices: 5 }, { percent: 10 }, { devices: 21 }];
    expect(refusal({}, fileOf({ App: { version: '1.1.0' } }, { waves }))).toEqual(
      invalid(
        'strategy.waves[1]: 10% of 20 devices is 2, less than the 5 of a wave before it; sizes are cumulative and increase',
        'strategy.waves[2]: 21 devices of 20 devices is over 100 %; name at most 20 devices, or a percentage',
      ),
    );
  });

  test.each(['CANCELED', 'FAILED', 'INACTIVE'])('where the latest revision is %s', (status) => {
    expect(refusal({ revisions: [{ ...revision, deploymentStatus: status }] })).toEqual(
      invalid(
        `target: thinggroup/thermostats: the latest deployment d-1 (revision 3) is ${status}, so it doesn't say what the devices run; deploy to the target the document that is to be the baseline, then start this rollout again`,
      ),
    );
  });

  test('where the latest deployment is a subdeployment', () => {
    const parentTargetArn = `${arn}-all`;
    expect(refusal({ revisions: [{ ...revision, parentTargetArn }] })).toEqual(
      invalid(
        `target: thinggroup/thermostats: the latest deployment d-1 (revision 3) is a subdeployment of ${arn}-all; roll out to that group, or give this one a deployment of its own first`,
      ),
    );
  });

  test('where a component to remove is not in the baseline', () => {
    expect(refusal({}, fileOf({ Old: 'remove' }))).toEqual(
      invalid(
        'release.components.Old: "remove" is only for a component of the baseline, which has App',
      ),
    );
  });

  test('where the release changes nothing', () => {
    const components = [{ name: 'App', version: '1.0.0', state: 'DEPLOYABLE' as const }];
    expect(refusal({ components }, fileOf({ App: { version: '1.0.0' } }))).toEqual(
      invalid(
        'release.components: the release changes nothing: the target has these versions and this configuration already; name a component version or a configuration that is new',
      ),
    );
  });

  test.each([
    [
      { state: 'NOT_FOUND' as const },
      'does not exist; create the component version first, or name one that exists',
    ],
    [
      { state: 'FAILED' as const, message: 'no artifact' },
      'is FAILED (no artifact); it has to be DEPLOYABLE',
    ],
    [{ state: 'REQUESTED' as const }, 'is REQUESTED; it has to be DEPLOYABLE'],
  ])('where a component version is %j', (state, words) => {
    const components = [{ name: 'App', version: '1.1.0', ...state }];
    expect(refusal({ components })).toEqual([
      NotDeployableError.name,
      `rollout.yaml: release.components.App.version: "1.1.0" ${words}`,
    ]);
  });

  test.each([
    [{ relation: 'same' as const }, 'is held'],
    [{ relation: 'ancestor' as const }, `lies inside ${arn}, which is held`],
    [{ relation: 'descendant' as const }, `contains ${arn}, which is held`],
    [
      { relation: 'shares-members' as const, things: ['a', 'b', 'c', 'd', 'e'] },
      `shares a, b, c and 2 more with ${arn}, which is held`,
    ],
  ])('where another rollout is in the way: %j', (relation, words) => {
    const openRollouts = [{ rolloutId: 'other-bbbbbbbb', targetArn: arn, ...relation }];
    expect(refusal({ openRollouts })).toEqual([
      TargetLockedError.name,
      `rollout.yaml: target: thinggroup/thermostats ${words} by rollout other-bbbbbbbb; wait until it is over, or end one whose execution is dead with \`greenwave cleanup other-bbbbbbbb\``,
    ]);
  });

  test('with all problems at once, as an InvalidRolloutError where the file is wrong', () => {
    const openRollouts = [{ rolloutId: 'other', targetArn: arn, relation: 'same' as const }];
    const file = fileOf({ App: { version: '1.1.0' }, Old: 'remove' });
    expect(refusal({ openRollouts, components: [] }, file)).toEqual(
      invalid(
        'release.components.Old: "remove" is only for a component of the baseline, which has App',
        'release.components.App.version: "1.1.0" does not exist; create the component version first, or name one that exists',
        'target: thinggroup/thermostats is held by rollout other; wait until it is over, or end one whose execution is dead with `greenwave cleanup other`',
      ),
    );
  });
});
