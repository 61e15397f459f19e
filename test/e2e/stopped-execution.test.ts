import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from '@jest/globals';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { connectGreengrass } from '../../src/aws/greengrass.js';
import type { Phase } from '../../src/domain/rollout.js';
import {
  configured,
  failing,
  leftovers,
  nothingLeft,
  softwareOf,
  spoiling,
  thermostatsArn,
  type Stack,
} from '../support/bad-releases.js';
import { quick, runningExecutions, smallFleet } from '../support/killed.js';
import { inPhase, say } from '../support/operator.js';
import { executionArn, startStack } from '../support/stack.js';

const [canary] = quick.waves;
const all = { percent: 100, bake: '1m' };

/** A release that fails on two of 20 devices: neither a pass nor evidence enough. */
const undecided = { ...configured(20, { behaviours: [failing(0.1)] }), seed: 7 };

interface Case {
  readonly phase: Phase;
  readonly fleet?: FleetFile;
  readonly strategy?: Record<string, unknown>;
  /** What brings the rollout into the phase, where it doesn't get there by itself. */
  readonly before?: (stack: Stack, rolloutId: string) => Promise<unknown>;
}

const CASES: readonly Case[] = [
  { phase: 'Running' },
  { phase: 'Baking' },
  { phase: 'AwaitingApproval', strategy: { waves: [{ ...canary, approval: true }, all] } },
  {
    phase: 'Paused',
    before: (stack, id) =>
      inPhase(stack, id, 'Baking', () => say(stack, id, 'pause', 'a closer look')),
  },
  { phase: 'Held', fleet: undecided, strategy: { waves: [all], maxInFlight: 20 } },
  { phase: 'RollingBack', fleet: configured(12, { behaviours: [failing(0.95)] }) },
  { phase: 'Promoting' },
];

test.each(CASES)(
  'an execution stopped while $phase is told of, and ended by the hourly sweep, with all devices back',
  async ({ phase, fleet = smallFleet(), strategy, before }) => {
    const id = 'thermostat-1.1.0-ddddddd2';
    const stack = await startStack(fleet);
    const software = softwareOf(stack);
    const rollout = spoiling({ ...quick, ...strategy });
    await stack.start(id, { rolloutId: id, rollout, startedBy: 'test' });
    await before?.(stack, id);
    await inPhase(stack, id, phase, () =>
      stack.sfn.send(
        new StopExecutionCommand({ executionArn: executionArn('rollout', id), cause: 'a test' }),
      ),
    );
    expect((await stack.ended(id)).status).toBe('ABORTED');
    const told = await stack.rollouts.events(id);
    expect(told.find(({ step }) => step === 'OnRolloutEnded')).toMatchObject({
      what: expect.stringContaining('greenwave cleanup ' + id) as unknown,
    });

    await stack.cloud.clock.advance(3 * 3600);
    await stack.cloud.clock.idle();
    const swept = await stack.rollouts.existing(id);
    expect(swept).toMatchObject({ phase: 'Aborted', stragglers: [] });
    expect(swept.returned).toBe(swept.hit);
    expect(softwareOf(stack)).toEqual(software);
    expect(await leftovers(stack, id)).toEqual(nothingLeft);
    expect(await runningExecutions(stack)).toEqual([]);
    const greengrass = connectGreengrass(new GreengrassV2Client(stack.config));
    const active = (await greengrass.revisions(thermostatsArn)).at(-1);
    expect(active).toMatchObject({ deploymentStatus: 'ACTIVE' });
  },
);
