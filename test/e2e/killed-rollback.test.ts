import { describe, test } from '@jest/globals';
import { failing, leftovers, nothingLeft, once, spoiling } from '../support/bad-releases.js';
import {
  changedThings,
  deploymentsOf,
  killOneByOne,
  quick,
  runningExecutions,
  smallFleet,
  type Played,
  type Story,
} from '../support/killed.js';
import { say } from '../support/operator.js';

const rolloutId = 'thermostat-1.1.0-kkkkkkk2';
const group = 'gw-thermostat-1-1-0-kkkkkkk2';

/** Some have failed, others are still at work when the release is aborted. */
const aborted: Story = {
  rolloutId,
  fleet: smallFleet({
    behaviours: [{ ...failing(0.6), detailedStatus: 'FAILED_UNABLE_TO_ROLLBACK' }],
    group: { deploySeconds: { median: 40, p99: 150 } },
  }),
  play: (stack, id) =>
    stack.run(
      id,
      spoiling({
        ...quick,
        waves: [{ percent: 100, bake: '1m' }],
        health: { ...quick.health, deviceDeadline: '3m' },
        maxInFlight: 8,
      }),
    ),
};

/** A person aborts when the target has the release already. */
const abortedWhilePromoting: Story = {
  rolloutId,
  fleet: smallFleet(),
  async play(stack, id) {
    once(stack, id, 'Promoting', () => say(stack, id, 'abort', 'it freezes'));
    await stack.run(id, spoiling(quick));
  },
};

async function endOf(played: Played) {
  const { stack } = played;
  const { phase, stragglers } = await stack.rollouts.existing(rolloutId);
  const deployments = deploymentsOf(stack);
  return {
    rollout: { phase, stragglers },
    changed: changedThings(played),
    left: await leftovers(stack, rolloutId),
    running: await runningExecutions(stack),
    twice: deployments.filter(({ twice }) => twice > 0),
    deployments: deployments.map(({ target, version, isThere }) => ({ target, version, isThere })),
  };
}

const takenBack = {
  rollout: { phase: 'Aborted', stragglers: [] },
  ...{ changed: [], left: nothingLeft, running: [], twice: [] },
};

describe('killed at any one invocation, and twice in a row at each', () => {
  test.each([
    'CancelRelease',
    'AssessDrain',
    'RevertRelease',
    'AssessReturn',
    'EndRollback',
    'OnDeploymentStatus',
  ])('%s takes the bad release back all the same', (functionName) =>
    killOneByOne(aborted, functionName, endOf, {
      ...takenBack,
      deployments: [
        { target: 'thermostats', version: '1.0.0', isThere: true },
        { target: group, version: '1.1.0', isThere: false },
        { target: group, version: '1.0.0', isThere: false },
      ],
    }),
  );

  test.each(['CancelRelease', 'RevertRelease', 'EndRollback'])(
    '%s takes the target back all the same',
    (functionName) =>
      killOneByOne(abortedWhilePromoting, functionName, endOf, {
        ...takenBack,
        deployments: [
          { target: 'thermostats', version: '1.0.0', isThere: true },
          { target: group, version: '1.1.0', isThere: false },
          { target: 'thermostats', version: '1.1.0', isThere: false },
          { target: 'thermostats', version: '1.0.0', isThere: true },
        ],
      }),
  );
});
