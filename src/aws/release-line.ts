import { type Place, isInLine, olderThan, waitsFor } from '../domain/release/line.js';
import type { NextTime } from '../domain/release/freeze.js';
import { placeProgress } from '../domain/release/place-progress.js';
import { executionArnOf } from '../domain/execution-arn.js';
import { messageIn } from '../domain/outcome.js';
import { deployedVersion } from './deployed-version.js';
import type { Greengrass } from './greengrass.js';
import type { Iot } from './iot.js';
import type { Releases } from './releases.js';
import type { Rollouts } from './rollouts.js';
import { isHolderStanding } from './standing.js';
import type { StepFunctions } from './step-functions.js';

interface Ports {
  readonly greengrass: Pick<Greengrass, 'latestRevision' | 'document'>;
  readonly iot: Iot;
  readonly releases: Releases;
  readonly rollouts: Rollouts;
  readonly stepFunctions: StepFunctions;
  readonly rolloutMachineArn: () => string;
  readonly nextTime: NextTime;
}

/** Asks for the rollout of a place; asked again for the same, it is the same. */
async function ask({ stepFunctions, rolloutMachineArn }: Ports, place: Place): Promise<void> {
  const { rolloutId, rollout, releaseId } = place;
  const input = { rolloutId, rollout, startedBy: `release ${releaseId}` };
  await stepFunctions.startOnce(rolloutMachineArn(), rolloutId, input);
}

/** The place after a look at the rollout that it has asked for. */
async function lookedAt(ports: Ports, place: Place, at: number): Promise<Place> {
  const rollout = await ports.rollouts.read(place.rolloutId);
  const arn = executionArnOf(ports.rolloutMachineArn(), place.rolloutId);
  const found = await ports.stepFunctions.describeExecution(arn);
  const execution = found && { ...found, message: messageIn(found.cause ?? '') };
  // A pass that died before it had asked.
  if (!rollout && !execution) await ask(ports, place);
  const next = placeProgress(place, { rollout, execution }, at);
  return next ? ports.releases.savePlace(next) : place;
}

async function holderOf(
  { iot, rollouts }: Ports,
  { targetArn }: Place,
): Promise<string | undefined> {
  const lock = await rollouts.lockOf(targetArn);
  const isHeld = lock !== undefined && (await isHolderStanding({ iot, rollouts }, lock.rolloutId));
  return isHeld ? lock.rolloutId : undefined;
}

/** Gives a place its turn, or keeps why it waits or has lost it. Kept before the rollout is asked for: two passes can't start two. */
async function turn(
  ports: Ports,
  place: Place,
  before: Place | undefined,
  at: number,
): Promise<Place> {
  const reason = waitsFor(place, {
    at,
    before,
    freezes: before ? [] : await ports.releases.freezes(),
    holder: before ? undefined : await holderOf(ports, place),
    nextTime: ports.nextTime,
    show: (time) => new Date(time).toISOString(),
  });
  if (reason === place.reason) return place;
  if (reason !== undefined) return ports.releases.savePlace({ ...place, reason });
  const older = olderThan(place, await deployedVersion(ports.greengrass, place));
  if (older !== undefined)
    return ports.releases.savePlace({ ...place, state: 'NotQueued', reason: older });
  const kept = await ports.releases.savePlace({
    ...place,
    state: 'Starting',
    reason: 'its rollout is being planned',
    warning: undefined,
  });
  await ask(ports, kept);
  return kept;
}

/**
 * Moves the lines on: whoever is first in one and is kept by nothing has its rollout started. Answers the rollouts that it has
 * asked for, and how many places wait.
 */
export async function moveLines(
  ports: Ports,
  at: number,
): Promise<{ started: string[]; waiting: number }> {
  const started: string[] = [];
  const first = new Map<string, Place>();
  let waiting = 0;
  for (const place of await ports.releases.line()) {
    const seen = place.state === 'Starting' ? await lookedAt(ports, place, at) : place;
    const next =
      seen.state === 'Waiting' ? await turn(ports, seen, first.get(seen.target), at) : seen;
    if (!isInLine(next)) continue;
    if (!first.has(next.target)) first.set(next.target, next);
    if (next.state === 'Waiting') waiting += 1;
    else if (place.state === 'Waiting') started.push(next.rolloutId);
  }
  return { started, waiting };
}
