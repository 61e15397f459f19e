import { executionArnOf } from '../src/domain/execution-arn.js';
import { isUnderWay } from '../src/domain/release/release.js';
import type { Place } from '../src/domain/release/line.js';
import type { Connections } from './clients.js';
import type { ShownRelease } from './releases-view.js';
import { LOOK_EVERY_SECONDS } from './follow.js';
import { causeMessage, untilAccepted } from './start-rollout.js';
import { pause, type Terminal } from './terminal.js';
import { UsageError } from './arguments.js';
import { watchRollout } from './watch-rollout.js';

const POLL_MS = 300;

/** Follows a release until its rollouts are in line, or it has failed; undefined when aborted by Ctrl-C. */
export async function untilReleased(
  { releases, stepFunctions }: Pick<Connections, 'releases' | 'stepFunctions'>,
  { releaseId, executionArn }: { releaseId: string; executionArn: string },
  signal: AbortSignal,
  tell: (reason: string) => void,
): Promise<ShownRelease | undefined> {
  let told = '';
  while (!signal.aborted) {
    const execution = await stepFunctions.describeExecution(executionArn);
    const release = await releases.read(releaseId);
    if (release && release.reason !== told) tell(release.reason);
    told = release?.reason ?? '';
    if (release && !isUnderWay(release))
      return { release, places: await releases.placesOf(releaseId) };
    if (execution && execution.status !== 'RUNNING')
      throw new UsageError(causeMessage(execution.cause ?? `the release is ${execution.status}`));
    await pause(POLL_MS, signal);
  }
  return undefined;
}

/** Watches the rollout that a place has started, to its end; answers the exit code. */
export async function watchPlace(
  connections: Connections,
  place: Place,
  { rolloutMachineArn, json }: { rolloutMachineArn: string; json: boolean },
  terminal: Terminal,
): Promise<number> {
  const { rolloutId, target, state, reason } = place;
  if (state !== 'Starting' && state !== 'Started') {
    terminal.err(`${target}: ${state}: ${reason}`);
    return state === 'Waiting' || state === 'Replaced' ? 0 : 1;
  }
  const arn = executionArnOf(rolloutMachineArn, rolloutId);
  await untilAccepted(connections, rolloutId, arn, terminal.interrupted());
  const options = { json, everySeconds: LOOK_EVERY_SECONDS };
  return (await watchRollout(connections.rollouts, rolloutId, options, terminal)).exitCode;
}
