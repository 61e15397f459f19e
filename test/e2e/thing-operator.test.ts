import { expect, test } from '@jest/globals';
import type { Phase } from '../../src/domain/rollout.js';
import { leftovers, nothingLeft, softwareOf, type Stack } from '../support/bad-releases.js';
import { inPhase, say } from '../support/operator.js';
import {
  revisionsOf,
  softwareOfThing,
  startThings,
  thing,
  toThing,
} from '../support/thing-rollouts.js';

const asking = toThing({ waves: [{ devices: 1, bake: '10m', approval: true }] });
const idOf = (phase: Phase) => `thermostat-1.1.0-${phase.toLowerCase().slice(0, 8).padEnd(8, 'x')}`;

const start = (stack: Stack, rolloutId: string) =>
  stack.start(rolloutId, { rolloutId, rollout: asking, startedBy: 'test' });

/** Brings the rollout into a phase by what a person says, or not at all: it comes there by itself. */
const reached: Partial<Record<Phase, (stack: Stack, rolloutId: string) => Promise<unknown>>> = {
  async Planned(stack, rolloutId) {
    while (!(await stack.rollouts.read(rolloutId))) await Promise.resolve();
  },
  Paused: (stack, rolloutId) =>
    inPhase(stack, rolloutId, 'Running', () => say(stack, rolloutId, 'pause', 'lunch')),
  Held: (stack) => Promise.resolve(stack.cloud.emulator.inject.offline(thing)),
};

test('an abort in each phase takes the thing back, and the next rollout of it starts from there', async () => {
  const stack = await startThings();
  const before = softwareOf(stack);
  const phases: Phase[] = ['Planned', 'Running', 'Baking', 'AwaitingApproval', 'Paused', 'Held'];
  for (const phase of phases) {
    const rolloutId = idOf(phase);
    await start(stack, rolloutId);
    await reached[phase]?.(stack, rolloutId);
    const abort = () => say(stack, rolloutId, 'abort', 'it freezes');
    const said = await (phase === 'Planned' ? abort() : inPhase(stack, rolloutId, phase, abort));
    expect(said.phase).toBe(phase);
    const ended = await stack.ended(rolloutId);
    expect(JSON.parse(ended.output ?? '')).toMatchObject({ phase: 'Aborted', stragglers: 0 });
    const rollout = await stack.rollouts.existing(rolloutId);
    expect(rollout.endReason).toContain('by ada@laptop: it freezes');
    expect(softwareOf(stack)).toEqual(before);
    expect(await leftovers(stack, rolloutId)).toEqual(nothingLeft);
  }
  // Nobody had the last one: what waits for the device is the baseline.
  expect((await revisionsOf(stack)).at(-1)).toEqual(['1.0.0', 'ACTIVE']);
  stack.cloud.emulator.inject.online(thing);
  await stack.cloud.clock.advance(3600);
  expect((await revisionsOf(stack)).at(-1)).toEqual(['1.0.0', 'COMPLETED']);
  expect(softwareOf(stack)).toEqual(before);
});

test('a pause before the release goes out keeps it from the device until it is resumed and approved', async () => {
  const stack = await startThings();
  const rolloutId = idOf('Paused');
  await start(stack, rolloutId);
  await reached.Planned?.(stack, rolloutId);
  await say(stack, rolloutId, 'pause', 'lunch');
  await inPhase(stack, rolloutId, 'Paused', () => Promise.resolve());
  await stack.cloud.clock.advance(1800);
  expect(softwareOfThing(stack)?.version).toBe('1.0.0');
  expect(await revisionsOf(stack)).toEqual([['1.0.0', 'COMPLETED']]);
  await say(stack, rolloutId, 'resume', 'lunch is over');
  await inPhase(stack, rolloutId, 'AwaitingApproval', () =>
    say(stack, rolloutId, 'approve', 'looks well'),
  );
  await stack.ended(rolloutId);
  expect(await stack.rollouts.read(rolloutId)).toMatchObject({ phase: 'Promoted' });
  expect(softwareOfThing(stack)?.version).toBe('1.1.0');
  expect(await leftovers(stack, rolloutId)).toEqual(nothingLeft);
});
