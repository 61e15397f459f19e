import { formatDuration } from './duration.js';
import type {
  DeviceFailure,
  JudgedWave,
  Judgement,
  WaveObservation,
  WaveProgress,
} from './judge.js';
import { allFailedRanks } from './rollout-evidence.js';
import type { Rollout } from './rollout.js';
import { currentWave, waveNumbers } from './wave.js';

/** What of a rollout `judgeThing` needs; `Rollout` has it all. */
export type ThingProgress = WaveProgress & Pick<Rollout, 'admitting' | 'failures'>;

/** What the device is: `FAILED: no space`. */
const stateOf = ({ status, why }: DeviceFailure): string =>
  [status, why].filter(Boolean).join(': ');

/** By what the device is seen to be, or was when it failed. */
function abortReason(progress: ThingProgress, observation: WaveObservation): string {
  const [failure = progress.failures[0]] = observation.failures;
  return `the one device is ${failure ? stateOf(failure) : 'FAILED'}`;
}

/** Why a failure that says nothing of the release can't go on without a person; undefined where there is none now, or one has accepted it. */
function apartHold({ evidence }: ThingProgress, { failures }: WaveObservation): string | undefined {
  const failure = failures.find(({ apart }) => apart !== undefined);
  return failure && evidence.apart.length > evidence.acceptedApart
    ? `not by the release (${failure.apart}): the one device is ${stateOf(failure)}`
    : undefined;
}

/**
 * Judges one look at a rollout to one thing. There is nothing to estimate on one device: its failure, or being UNHEALTHY after it
 * succeeded, aborts; where that says nothing of the release it holds instead. It passes once it has succeeded and baked. Where it
 * hasn't begun within the device deadline it holds until it comes back or a person decides: silence never passes.
 */
export function judgeThing(progress: ThingProgress, observation: WaveObservation): JudgedWave {
  const { at, counts } = observation;
  const { evidence, admitted, admitting, bakeEndsAt } = progress;
  const failed = allFailedRanks(evidence).length;
  const numbers = { ...waveNumbers(progress, counts, at), failed };
  const judged = (verdict: Judgement['verdict'], reason: string, end = bakeEndsAt): JudgedWave => ({
    judgement: {
      verdict,
      reason,
      proven: false,
      numbers,
      alternatives: [],
      wouldChange:
        verdict === 'Abort'
          ? ['nothing: what has failed stays failed, whatever comes']
          : ['the failure of the one device would abort'],
    },
    ...(end !== undefined && { bakeEndsAt: end }),
  });
  if (failed > 0) return judged('Abort', abortReason(progress, observation));
  const apart = apartHold(progress, observation);
  // Who accepts what is broken beside the release lets it bake; who accepts a failed deployment takes the device as it is.
  if (apart !== undefined)
    return { ...judged('Hold', apart), ...(counts.succeeded > 0 && { isApart: true }) };
  if (admitted === 0 || admitting) return judged('Continue', 'the device has yet to be admitted');
  const deadline = formatDuration(progress.file.strategy.health.deviceDeadlineSeconds);
  if (numbers.pending > 0)
    return judged('Continue', `the device has not answered yet, deadline ${deadline}`);
  if (numbers.answered === 0)
    return judged('Hold', `the device has not begun within the deadline of ${deadline}`);
  const health = evidence.apart.length > 0 ? 'has nothing broken by the release' : 'is HEALTHY';
  const { name, bakeSeconds } = currentWave(progress);
  const end = bakeEndsAt ?? at + bakeSeconds * 1000;
  const left = formatDuration(Math.ceil((end - at) / 1000));
  return at >= end
    ? judged('Promote', `the device succeeded and ${health} after ${formatDuration(bakeSeconds)}`)
    : judged('Continue', `wave ${name} bakes for another ${left}; the device ${health}`, end);
}
