import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from '@jest/globals';
import { failing, leftovers, nothingLeft, once, spoiling } from '../support/bad-releases.js';
import { thermostat } from '../support/fleets.js';
import {
  changedThings,
  deploymentsOf,
  eachTime,
  killOneByOne,
  playKilled,
  quick,
  runningExecutions,
  smallFleet,
  type Played,
  type Story,
} from '../support/killed.js';
import { executionArn } from '../support/stack.js';

const rolloutId = 'thermostat-1.1.0-kkkkkkk3';
const HOUR = 3600;

const breaking = smallFleet({
  behaviours: [{ ...failing(0.6), detailedStatus: 'FAILED_UNABLE_TO_ROLLBACK' }],
});

/** One device that has the release is out of reach when it is aborted, and comes back an hour later. */
const straggling: Story = {
  rolloutId,
  fleet: breaking,
  async play(stack, id) {
    const { inspect, inject } = stack.cloud.emulator;
    const away: string[] = [];
    once(stack, id, 'RollingBack', () => {
      const hit = inspect
        .devices()
        .filter((thing) => inspect.device(thing).components[thermostat]?.version === '1.1.0');
      away.push(...hit.slice(0, 1));
      away.forEach((thing) => inject.offline(thing));
      return Promise.resolve();
    });
    await stack.run(id, spoiling({ ...quick, waves: [{ percent: 100, bake: '1m' }] }));
    expect((await stack.rollouts.existing(id)).stragglers).toEqual(away);
    expect(away).toHaveLength(1);
    await stack.cloud.clock.advance(HOUR);
    away.forEach((thing) => inject.online(thing));
    await stack.cloud.clock.advance(2 * HOUR);
  },
};

/** Somebody stops the execution; the sweep takes the rollout back. */
const stopped: Story = {
  rolloutId,
  fleet: smallFleet(),
  async play(stack, id) {
    once(stack, id, 'Baking', () =>
      stack.sfn.send(new StopExecutionCommand({ executionArn: executionArn('rollout', id) })),
    );
    await stack.run(id, spoiling(quick));
    await stack.cloud.clock.advance(3 * HOUR);
    await stack.cloud.clock.idle();
  },
};

async function endOf(played: Played) {
  const { stack } = played;
  const { phase, stragglers } = await stack.rollouts.existing(rolloutId);
  return {
    rollout: { phase, stragglers },
    changed: changedThings(played),
    left: await leftovers(stack, rolloutId),
    running: await runningExecutions(stack),
    deployments: deploymentsOf(stack).map(({ version, isThere }) => ({ version, isThere })),
  };
}

const swept = {
  rollout: { phase: 'Aborted', stragglers: [] },
  ...{ changed: [], left: nothingLeft, running: [] },
  deployments: [
    { version: '1.0.0', isThere: true },
    { version: '1.1.0', isThere: false },
    { version: '1.0.0', isThere: false },
  ],
};

describe('killed at any one invocation, and twice in a row at each', () => {
  test.each(['FindLeftovers', 'SweepRollout'])(
    '%s ends a rollout with a straggler all the same',
    (functionName) => killOneByOne(straggling, functionName, endOf, swept),
  );

  test.each(['OnRolloutEnded', 'SweepRollout', 'CancelRelease'])(
    '%s ends a rollout whose execution was stopped all the same',
    (functionName) => killOneByOne(stopped, functionName, endOf, swept),
  );
});

test.each([1, 2])(
  'killed %d times in a row, RecordOutcome says which step is broken, and the sweep takes the rollout back',
  async (timesInARow) => {
    const failed: Story = {
      rolloutId,
      fleet: smallFleet(),
      async play(stack, id) {
        expect((await stack.run(id, spoiling(quick))).status).toBe('FAILED');
        const events = await stack.rollouts.events(id);
        expect(events.filter(({ step }) => step === 'RecordOutcome')).toHaveLength(1);
        await stack.cloud.clock.advance(3 * HOUR);
        await stack.cloud.clock.idle();
      },
    };
    const played = await playKilled(failed, 'RecordOutcome', eachTime(timesInARow), ['AssessWave']);
    const rollout = await played.stack.rollouts.existing(rolloutId);
    expect(rollout.endReason).toContain('RunWave could not do its work');
    expect(await endOf(played)).toEqual(swept);
  },
);
