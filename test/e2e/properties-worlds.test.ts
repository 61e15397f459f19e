import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Emulator } from '../../emulator/main.js';
import type { AuditEvent } from '../../src/domain/audit-event.js';
import { leftovers, nothingLeft, softwareOf, thermostatsArn } from '../support/bad-releases.js';
import { runningExecutions } from '../support/killed.js';
import {
  DEADLINE_SECONDS,
  live,
  rolloutId,
  secondId,
  worlds,
  type AnyWorld,
} from '../support/worlds.js';

type Deployments = ReturnType<Emulator['inspect']['deployments']>;

/** The most devices that had a deployment under way at once: from when it was queued for them, at most the deadline long. */
function mostInFlight({ executions, canceledAt = Infinity }: Deployments[number]): number {
  const spans = executions.map(({ queuedAt, status, lastUpdatedAt }) => {
    const isPending = status === 'QUEUED' || status === 'IN_PROGRESS';
    const end = isPending ? canceledAt : lastUpdatedAt;
    return { from: queuedAt, to: Math.min(end, queuedAt + DEADLINE_SECONDS * 1000) };
  });
  return Math.max(
    0,
    ...spans.map(({ from }) => spans.filter((each) => each.from <= from && from < each.to).length),
  );
}

/** Things that any of the deployments was delivered to more than once. */
const twice = (deployments: Deployments) =>
  deployments.flatMap(({ executions }) =>
    executions
      .filter(({ executionNumber }) => executionNumber > 1)
      .map(({ thingName }) => thingName),
  );

const things = (deployments: Deployments) =>
  new Set(deployments.flatMap(({ executions }) => executions.map(({ thingName }) => thingName)));

/** A device goes out of reach while it is taken back: the revert times out there, and the sweep gives it once more. */
const awayDuringRevert: AnyWorld = {
  seed: 3,
  devices: 18,
  online: 0.7,
  outcome: 'REJECTED',
  share: 0,
  offline: 0.2,
  faults: {
    throttle: 0.02,
    serverError: 0,
    events: { drop: 0.5, duplicate: 0.5, reorderSeconds: 0 },
  },
  waves: [{ devices: 5, bake: '1m', approval: true }],
  maxInFlight: 6,
  onHold: 'promote',
  actions: [{ afterSeconds: 581, does: 'approve' }],
};

const SAMPLES = [awayDuringRevert, ...fc.sample(worlds, { seed: 20_260_105, numRuns: 10 })].map(
  (world) => [JSON.stringify(world), world] as [string, AnyWorld],
);

/** Never more in flight, nobody twice, nobody taken back who had not been admitted, and nobody admitted after an abort. */
function expectCareful(
  world: AnyWorld,
  release: Deployments[number] | undefined,
  reverts: Deployments,
  events: readonly AuditEvent[],
) {
  expect(release ? mostInFlight(release) : 0).toBeLessThanOrEqual(world.maxInFlight);
  expect(release ? twice([release]) : []).toEqual([]);
  // A revert that a device has missed is the one thing that comes again, and the sweep says so.
  const again = events.flatMap(
    ({ what }) => /^get the revert once more: (.*)$/.exec(what)?.[1] ?? [],
  );
  expect(again.join(', ').split(', ')).toEqual(expect.arrayContaining(twice(reverts)));
  const admitted = things(release ? [release] : []);
  expect([...things(reverts)].filter((thing) => !admitted.has(thing))).toEqual([]);
  const cancel = events.findIndex(({ step }) => step === 'CancelRelease');
  const late = events.slice(cancel < 0 ? events.length : cancel);
  expect(late.filter(({ step }) => step === 'AdmitWave')).toEqual([]);
}

describe('in whatever world', () => {
  test.each(SAMPLES)('nothing unsafe happens: %s', async (_, world) => {
    const { stack, before, foreignAt } = await live(world);
    const all = stack.cloud.emulator.inspect.deployments();
    const ofGroups = all.filter(({ targetArn }) => targetArn !== thermostatsArn);
    const ofTarget = all.filter(({ targetArn }) => targetArn === thermostatsArn);
    const [release, ...reverts] = ofGroups.filter(({ targetArn }) =>
      targetArn.endsWith('pppppppp'),
    );
    expectCareful(world, release, reverts, await stack.rollouts.events(rolloutId));

    // A foreign deployment is never overwritten; without one, whom no deployment reached is as before.
    const rollout = await stack.rollouts.existing(rolloutId);
    const second = await stack.rollouts.read(secondId);
    if (foreignAt !== undefined && !second)
      expect(ofTarget.filter(({ createdAt }) => createdAt > foreignAt)).toEqual([]);
    if (foreignAt === undefined && ofTarget.length === 1) {
      const reached = things(ofGroups);
      const now = softwareOf(stack);
      const untouched = Object.keys(before).filter((thing) => !reached.has(thing));
      expect(untouched.map((thing) => now[thing])).toEqual(untouched.map((thing) => before[thing]));
    }

    // One open rollout per target, and each ends with its lock and group freed, or held by named stragglers.
    if (second && second.phase !== 'Planned')
      expect(Date.parse(second.startedAt)).toBeGreaterThanOrEqual(
        Date.parse(rollout.endedAt ?? ''),
      );
    expect(['Promoted', 'Aborted', 'Superseded']).toContain(rollout.phase);
    const left = await leftovers(stack, rolloutId);
    if (rollout.stragglers.length === 0) expect(left).toEqual(nothingLeft);
    else expect(left.lock).toBeUndefined();
    expect(await runningExecutions(stack)).toEqual([]);
  });
});
