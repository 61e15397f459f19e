import { expect } from '@jest/globals';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { isDeepStrictEqual } from 'node:util';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { configured, softwareOf, type Stack } from './bad-releases.js';
import { closeNow } from './closing.js';
import { thermostat } from './fleets.js';
import { machineArn, startStack } from './stack.js';

/** A story whose steps die on the way; it has to end as if none had. */
export interface Story {
  readonly rolloutId: string;
  readonly fleet: FleetFile;
  /** Plays it until nothing moves any more. */
  play(stack: Stack, rolloutId: string): Promise<unknown>;
}

/** A small fleet with configuration of its own, quick to roll out to. */
export const smallFleet = (more: Parameters<typeof configured>[1] = {}) =>
  configured(12, { ...more, group: { deploySeconds: { median: 10, p99: 20 }, ...more.group } });

/** Short waves, few devices in flight: every step runs more than once. */
export const quick = {
  waves: [
    { name: 'canary', devices: 5, bake: '1m' },
    { name: 'all', percent: 100, bake: '1m' },
  ],
  health: { maxFailurePercent: 5, deviceDeadline: '10m', minReachPercent: 80 },
  maxInFlight: 4,
  returnWithin: '1h',
};

/** Whether an invocation of the function dies, counted from 1 with those that are tries again. */
type Dies = (invocation: number) => boolean;

/** Every one, so many times in a row. */
export const eachTime =
  (timesInARow: number): Dies =>
  (invocation) =>
    invocation % (timesInARow + 1) !== 0;

/**
 * Plays a story while invocations of one function are killed between their effect and their answer; one of `broken` dies
 * whenever it runs. Answers the stack as the story left it, how often the function was killed and each function was invoked, and
 * what the devices had before.
 */
export async function playKilled(
  story: Story,
  functionName: string,
  dies: Dies,
  broken: readonly string[] = [],
) {
  let kills = 0;
  const invocations = new Map<string, number>();
  const stack = await startStack(story.fleet, 'max', {
    killAfterEffect(name, invocation) {
      const step = name.slice('greenwave-dev-'.length);
      invocations.set(step, (invocations.get(step) ?? 0) + 1);
      const isKilled = step === functionName && dies(invocation);
      if (isKilled) kills += 1;
      return isKilled || broken.includes(step);
    },
  });
  const before = softwareOf(stack);
  await story.play(stack, story.rolloutId);
  return { stack, before, kills, invocations };
}

export type Played = Awaited<ReturnType<typeof playKilled>>;

type EndOf = (played: Played) => Promise<unknown>;

const undisturbed = new WeakMap<Story, ReadonlyMap<string, number>>();

/** How often each function is invoked where none is killed; played once for all the functions of a story. */
async function invocationsIn(story: Story, endOf: EndOf, end: unknown) {
  const known = undisturbed.get(story);
  if (known) return known;
  const played = await playKilled(story, 'none', () => false);
  expect({ what: 'nobody killed', end: await endOf(played) }).toEqual({
    what: 'nobody killed',
    end,
  });
  await closeNow(played.stack.cloud);
  undisturbed.set(story, played.invocations);
  return played.invocations;
}

/**
 * Plays a story once for each single invocation of a function, which is killed, and last with each of them killed twice in a
 * row; each time it has to come to the same end.
 */
export async function killOneByOne(
  story: Story,
  functionName: string,
  endOf: EndOf,
  end: unknown,
): Promise<void> {
  const play = async (what: string, dies: Dies) => {
    const played = await playKilled(story, functionName, dies);
    expect({ what, end: await endOf(played) }).toEqual({ what, end });
    await closeNow(played.stack.cloud);
    return played.kills;
  };
  const count = (await invocationsIn(story, endOf, end)).get(functionName) ?? 0;
  expect(count).toBeGreaterThan(0);
  for (let one = 1; one <= count; one += 1) {
    const what = `${functionName}, invocation ${one} of ${count}`;
    expect({ what, kills: await play(what, (invocation) => invocation === one) }).toEqual({
      what,
      kills: 1,
    });
  }
  await play(`${functionName}, twice each time`, eachTime(2));
}

/** Things whose components, configuration or groups are not what they were before. */
export function changedThings({ stack, before }: Played): string[] {
  const now = softwareOf(stack);
  return Object.keys(before).filter((thing) => !isDeepStrictEqual(now[thing], before[thing]));
}

const nameOf = (targetArn: string) => targetArn.slice(targetArn.indexOf('/') + 1);

/** Every deployment that was ever created: where, what, to how many devices, and whether to any of them twice. */
export const deploymentsOf = ({ cloud }: Stack) =>
  cloud.emulator.inspect.deployments().map(({ targetArn, versions, isThere, executions }) => ({
    target: nameOf(targetArn),
    version: versions[thermostat],
    devices: executions.length,
    twice: executions.filter(({ executionNumber }) => executionNumber > 1).length,
    isThere,
  }));

/** Names of the executions that still run, of whatever state machine. */
export async function runningExecutions({ sfn }: Stack): Promise<string[]> {
  const machines = ['rollout', 'wave', 'rollback', 'sweep'];
  const pages = await Promise.all(
    machines.map((name) =>
      sfn.send(
        new ListExecutionsCommand({ stateMachineArn: machineArn(name), statusFilter: 'RUNNING' }),
      ),
    ),
  );
  return pages.flatMap(({ executions = [] }) => executions.map(({ name = '' }) => name));
}
