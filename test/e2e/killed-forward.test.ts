import { describe, test } from '@jest/globals';
import { leftovers, nothingLeft, once, spoiling } from '../support/bad-releases.js';
import { thermostat } from '../support/fleets.js';
import {
  deploymentsOf,
  killOneByOne,
  quick,
  runningExecutions,
  smallFleet,
  type Played,
  type Story,
} from '../support/killed.js';
import { say } from '../support/operator.js';

const rolloutId = 'thermostat-1.1.0-kkkkkkk1';
const [canary, all] = quick.waves;

const good: Story = {
  rolloutId,
  fleet: smallFleet(),
  play: (stack, id) => stack.run(id, spoiling(quick)),
};

const approved: Story = {
  rolloutId,
  fleet: smallFleet(),
  async play(stack, id) {
    once(stack, id, 'AwaitingApproval', () => say(stack, id, 'approve', 'looks well'));
    await stack.run(id, spoiling({ ...quick, waves: [{ ...canary, approval: true }, all] }));
    await stack.cloud.clock.advance(600);
    await stack.ended(id);
  },
};

const end = {
  rollout: { phase: 'Promoted', admitted: 12, skipped: [] },
  versions: { '1.1.0': 12 },
  deployments: [
    { target: 'thermostats', version: '1.0.0', devices: 12, twice: 0, isThere: true },
    {
      target: 'gw-thermostat-1-1-0-kkkkkkk1',
      version: '1.1.0',
      devices: 12,
      twice: 0,
      isThere: false,
    },
    { target: 'thermostats', version: '1.1.0', devices: 12, twice: 0, isThere: true },
  ],
  left: nothingLeft,
  running: [],
};

async function endOf({ stack }: Played) {
  const { phase, admitted, skipped } = await stack.rollouts.existing(rolloutId);
  return {
    rollout: { phase, admitted, skipped },
    versions: stack.cloud.emulator.inspect.versions(thermostat),
    deployments: deploymentsOf(stack),
    left: await leftovers(stack, rolloutId),
    running: await runningExecutions(stack),
  };
}

describe('killed at any one invocation, and twice in a row at each', () => {
  test.each([
    'PlanRollout',
    'LockTarget',
    'DeployRelease',
    'AdmitWave',
    'AwaitLook',
    'AssessWave',
    'PromoteTarget',
    'AssessTarget',
    'CleanUp',
  ])('%s leaves the good rollout as it is', (functionName) =>
    killOneByOne(good, functionName, endOf, end),
  );

  test('AwaitPerson leaves the rollout that was approved as it is', () =>
    killOneByOne(approved, 'AwaitPerson', endOf, end));
});
