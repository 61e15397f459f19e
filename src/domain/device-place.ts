import { isOpen } from './rollout-end.js';
import { unhealthyRanks } from './rollout-evidence.js';
import type { Rollout } from './rollout.js';
import { isThing } from './target.js';

/** The wave that hands out a rank: by when waves began where they have, for an extended wave goes beyond its size. */
function waveOf({ waves, wave, evidence, admitted }: Rollout, rank: number): string {
  const begun = evidence.waveStarts.filter((start) => start <= rank).length;
  const planned = waves.findIndex(({ size }) => rank < size);
  const index = rank < admitted ? begun : Math.max(wave, planned);
  return waves[index]?.name ?? String(index);
}

function outcomeOf({ failures, evidence }: Rollout, thing: string, rank: number) {
  const failure = failures.find((one) => one.thing === thing);
  const apart = evidence.apart.find((one) => one.rank === rank);
  if (apart) {
    const said = failure ? ` (${failure.status}: ${failure.why})` : '';
    return `; failed, but counts apart as ${apart.cause}${said}`;
  }
  if (failure) return `; counts as ${failure.status}: ${failure.why}`;
  if (evidence.failedRanks.deployment.includes(rank)) return '; counts as failed';
  return unhealthyRanks(evidence).includes(rank) ? '; counts as UNHEALTHY since' : '';
}

function withoutRank(rollout: Rollout, now: string | undefined): string {
  const why = now ? `; now: ${now}` : '';
  const then =
    rollout.targetPromotedAt === undefined
      ? 'it gets the release last, with the target'
      : 'it gets the release with the target';
  return `no rank: at planning it was ineligible, UNHEALTHY, unheard of or no member of the target${why}; ${then}`;
}

/** Of the one thing that is the target. */
function placeOfThing(rollout: Rollout, thing: string): string {
  const { admitted, phase, judgement } = rollout;
  const reason = judgement ? `: ${judgement.reason}` : '';
  return admitted > 0
    ? `the target itself: it was given the release${outcomeOf(rollout, thing, 0)}`
    : `the target itself: never got the release, the rollout is ${phase}${reason}`;
}

function waiting(rollout: Rollout, rank: number): string {
  const { ranked, admitted, phase, judgement, endReason } = rollout;
  const place = `rank ${rank + 1} of ${ranked}, wave ${waveOf(rollout, rank)}`;
  if (!isOpen(rollout) || phase === 'RollingBack')
    return `${place}: never got the release: ${endReason ?? phase}`;
  if (rollout.targetPromotedAt !== undefined) return `${place}: gets the release with the target`;
  const reason = judgement ? `: ${judgement.reason}` : '';
  return `${place}: waits for its turn, ${admitted} ranks have been handed out, the rollout is ${phase}${reason}`;
}

/**
 * Where a device is in a rollout and why, in one sentence. `now`: what keeps the device as it is today from a rank, if
 * anything does.
 */
export function placeOf(
  rollout: Rollout,
  thing: string,
  rank: number | undefined,
  now: string | undefined,
): string {
  if (rollout.stragglers.includes(thing))
    return 'straggler: it got the release and is not back on the baseline';
  if (isThing(rollout.targetArn)) return placeOfThing(rollout, thing);
  const skipped = [...rollout.skipped, ...rollout.left].find((one) => one.thing === thing);
  if (skipped) return `left out at rank ${skipped.rank + 1}: ${skipped.reason}`;
  if (rank === undefined) return withoutRank(rollout, now);
  if (rank >= rollout.admitted) return waiting(rollout, rank);
  const place = `rank ${rank + 1} of ${rollout.ranked}: admitted in wave ${waveOf(rollout, rank)}`;
  return `${place}${outcomeOf(rollout, thing, rank)}`;
}
